import { countRecords } from '@/lib/records/objects/queries';
import { json } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** How many records the objects of `sobjects` have, as Salesforce counted them some time ago. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) => {
    const sobjects = (search.get('sobjects') ?? '').split(',').filter((name) => name !== '');
    return json(await countRecords(ctx, connection, sobjects));
  });
}
