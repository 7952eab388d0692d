import { parseGridInput } from '@/lib/records/schema';
import { loadSummary } from '@/lib/records/summary/load-summary';
import { parseSummaryFields } from '@/lib/records/summary/schema';
import { withRecords } from '@/lib/records/with-records';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** Counts, sums and averages over all rows of a grid. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) => {
    const input = { ...parseGridInput(search), fields: parseSummaryFields(search) };
    return json(await withRecords(ctx, connection, (access) => loadSummary(access, input)));
  });
}
