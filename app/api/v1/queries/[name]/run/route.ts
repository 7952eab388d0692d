import { runNamedQuery } from '@/lib/broker/named-queries/run-named-query';
import { answerProgram } from '@/lib/broker/proxy/answer-program';

/** All rows of a named query. Which connection and which values are search parameters. */
export function GET(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  return answerProgram(request, { operation: 'named_query' }, async (call) => {
    const { name } = await params;
    return await runNamedQuery(call, name, new URL(request.url).searchParams);
  });
}
