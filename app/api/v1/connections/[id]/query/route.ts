import { answerProgram } from '@/lib/broker/proxy/answer-program';
import { answerQuery } from '@/lib/broker/rows/answer-query';

/** All rows of a query, as a stream. `[id]`: id or alias; `environment`: slug. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerProgram(request, { operation: 'query' }, async (call) => {
    const { id } = await params;
    const environment = new URL(request.url).searchParams.get('environment');
    return await answerQuery(call, await call.connection(id, environment), request);
  });
}
