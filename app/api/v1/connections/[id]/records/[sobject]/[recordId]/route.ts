import { withIdempotency } from '@/lib/broker/idempotency/with-idempotency';
import { answerProgram } from '@/lib/broker/proxy/answer-program';
import { answerRecord } from '@/lib/broker/records/answer-record';

/** One record: read, changed or deleted. `[id]`: id or alias of the connection; `environment`: slug. */
function answer(
  request: Request,
  { params }: { params: Promise<{ id: string; sobject: string; recordId: string }> },
): Promise<Response> {
  return answerProgram(request, { operation: 'record' }, async (call) => {
    const { id, ...place } = await params;
    const environment = new URL(request.url).searchParams.get('environment');
    return await withIdempotency(call, request, async () =>
      answerRecord(call, await call.connection(id, environment), request, place),
    );
  });
}

export { answer as DELETE, answer as GET, answer as PATCH };
