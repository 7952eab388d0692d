import { answerCall } from '@/lib/broker/call/answer-call';
import { readLinkByKey } from '@/lib/broker/links/links-of-key';
import { json } from '@/lib/session/api';

/** What became of a link that this key made, and the connection that it led to. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerCall(request, { operation: 'connect_link' }, async (call) =>
    json(await readLinkByKey(call, (await params).id)),
  );
}
