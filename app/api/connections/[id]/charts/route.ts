import { listCharts, loadChart } from '@/lib/records/charts/load-chart';
import { parseChartId } from '@/lib/records/charts/schema';
import type { Chart, ChartChoices } from '@/lib/records/charts/types';
import { parseGridInput } from '@/lib/records/schema';
import { withRecords } from '@/lib/records/with-records';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** The charts that a grid's object offers; with `chart`, that one of the grid's rows. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) => {
    const input = parseGridInput(search);
    const id = parseChartId(search);
    return json(
      await withRecords<Chart | ChartChoices>(ctx, connection, (access) =>
        id === null ? listCharts(access, input) : loadChart(access, input, { id }),
      ),
    );
  });
}
