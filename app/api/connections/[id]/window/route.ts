import { openGrid } from '@/lib/records/open-grid';
import { parseGridInput } from '@/lib/records/schema';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** A grid with its first rows. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) =>
    json(await openGrid(ctx, connection, parseGridInput(search))),
  );
}
