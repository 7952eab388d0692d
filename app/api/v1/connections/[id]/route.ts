import { connectionQuerySchema } from '@/lib/broker/api-schemas/connections';
import { answerCall } from '@/lib/broker/call/answer-call';
import { readQuery } from '@/lib/broker/call/read-query';
import { getApiConnection } from '@/lib/broker/connections/queries';

/** One connection by its id or alias: health, org, user, scopes, forecast. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerCall(request, { operation: 'connection' }, async (call) => {
    const { environment = null } = readQuery(request, connectionQuerySchema);
    const { id } = await params;
    return Response.json(await getApiConnection(call, id, environment));
  });
}
