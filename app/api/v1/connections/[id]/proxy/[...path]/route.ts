import { withIdempotency } from '@/lib/broker/idempotency/with-idempotency';
import { answerProgram, salesforceTargetOf } from '@/lib/broker/proxy/answer-program';
import { proxyCall } from '@/lib/broker/proxy/proxy-call';

/** Salesforce's own API through one connection, within the policy of the key. */
function answer(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerProgram(request, { operation: 'proxy' }, async (call) => {
    const target = salesforceTargetOf(request, 'connection');
    const { id } = await params;
    return await withIdempotency(call, request, async () =>
      proxyCall(call, await call.connection(id), request, target),
    );
  });
}

export { answer as DELETE, answer as GET, answer as HEAD, answer as PATCH, answer as POST, answer as PUT };
