import { withIdempotency } from '@/lib/broker/idempotency/with-idempotency';
import { answerProgram } from '@/lib/broker/proxy/answer-program';
import { answerRecord } from '@/lib/broker/records/answer-record';

/** Makes a record. `[id]`: id or alias of the connection; `environment`: slug. */
export function POST(
  request: Request,
  { params }: { params: Promise<{ id: string; sobject: string }> },
): Promise<Response> {
  return answerProgram(request, { operation: 'record' }, async (call) => {
    const { id, sobject } = await params;
    const environment = new URL(request.url).searchParams.get('environment');
    return await withIdempotency(call, request, async () =>
      answerRecord(call, await call.connection(id, environment), request, { sobject }),
    );
  });
}
