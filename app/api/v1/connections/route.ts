import { connectionFilterSchema } from '@/lib/broker/api-schemas/connections';
import { answerCall } from '@/lib/broker/call/answer-call';
import { readQuery } from '@/lib/broker/call/read-query';
import { listApiConnections } from '@/lib/broker/connections/queries';

/** The connections that the key may use, page by page. */
export function GET(request: Request): Promise<Response> {
  return answerCall(request, { operation: 'connections' }, async (call) => {
    const filter = readQuery(request, connectionFilterSchema);
    return Response.json(await listApiConnections(call, filter));
  });
}
