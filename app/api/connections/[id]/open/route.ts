import { openInSalesforce } from '@/lib/records/record/open-in-salesforce';
import { parseOpenRequest } from '@/lib/records/record/schema';
import { json, readJson } from '@/lib/session/api';
import { answerRecords } from '../answer-records';

/** A one-time address that opens a record in Salesforce. A POST: that it leaves is an act, and audited. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection }) => {
    const recordId = parseOpenRequest(await readJson(request));
    return json({ url: await openInSalesforce(ctx, connection, recordId) });
  });
}
