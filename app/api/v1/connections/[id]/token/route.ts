import { answerCall } from '@/lib/broker/call/answer-call';
import { handOutToken } from '@/lib/broker/tokens/hand-out-token';
import { json } from '@/lib/session/api';

/** An access token of a connection, where environment and key allow it. `[id]`: id or alias; `environment`: slug. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerCall(request, { operation: 'token' }, async (call) => {
    const { id } = await params;
    const environment = new URL(request.url).searchParams.get('environment');
    return json(await handOutToken(call, await call.connection(id, environment), request));
  });
}
