import { loadWindow } from '@/lib/records/load-window';
import { openGrid } from '@/lib/records/open-grid';
import { parseGridInput } from '@/lib/records/schema';
import { withRecords } from '@/lib/records/with-records';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** A grid with its first rows; `view=all` asks for no view, as related lists do. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) => {
    const input = parseGridInput(search);
    if (input.state.view !== 'all') return json((await openGrid(ctx, connection, input)).window);
    return json(await withRecords(ctx, connection, (access) => loadWindow(access, input)));
  });
}
