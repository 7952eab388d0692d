import { answerCall } from '@/lib/broker/call/answer-call';
import { makeLinkByKey } from '@/lib/broker/links/links-of-key';
import { json, readJson } from '@/lib/session/api';

/** Makes a link by which somebody else grants a connection to the key's owner. */
export function POST(request: Request): Promise<Response> {
  return answerCall(request, { operation: 'connect_link' }, async (call) =>
    json(await makeLinkByKey(call, await readJson(request)), { status: 201 }),
  );
}
