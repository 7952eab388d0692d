import { readFieldChoices } from '@/lib/records/fields/read-field-choices';
import { parseFieldsInput } from '@/lib/records/fields/schema';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** The fields that a grid can show and filter by, of its object or of a parent. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) =>
    json(await readFieldChoices(ctx, connection, parseFieldsInput(search))),
  );
}
