import { findRecords } from '@/lib/records/fields/find-records';
import { parseLookupInput } from '@/lib/records/fields/schema';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** Records by typed name, for filters by a lookup. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) =>
    json(await findRecords(ctx, connection, parseLookupInput(search))),
  );
}
