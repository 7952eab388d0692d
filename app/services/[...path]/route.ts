import { withIdempotency } from '@/lib/broker/idempotency/with-idempotency';
import { answerProgram, salesforceTargetOf } from '@/lib/broker/proxy/answer-program';
import { connectionOfKey } from '@/lib/broker/proxy/connection-of-key';
import { proxyCall } from '@/lib/broker/proxy/proxy-call';

/** Salesforce's own API where its clients look for it, for keys that are bound to one connection. */
function answer(request: Request): Promise<Response> {
  return answerProgram(request, { operation: 'proxy', dialect: 'salesforce' }, async (call) => {
    const target = salesforceTargetOf(request, 'root');
    return await withIdempotency(call, request, async () =>
      proxyCall(call, await connectionOfKey(call), request, target),
    );
  });
}

export { answer as DELETE, answer as GET, answer as HEAD, answer as PATCH, answer as POST, answer as PUT };
