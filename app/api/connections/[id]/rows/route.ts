import { loadRows, loadRowsAt } from '@/lib/records/load-rows';
import { parseGridInput, parseRowsRequest } from '@/lib/records/schema';
import { withRecords } from '@/lib/records/with-records';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** Further rows of an open grid; its state is that of the window, `GridWindow.state`. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) => {
    const input = parseGridInput(search);
    const rows = parseRowsRequest(search);
    return json(
      await withRecords(ctx, connection, (access) =>
        'value' in rows ? loadRowsAt(access, input, rows) : loadRows(access, input, rows),
      ),
    );
  });
}
