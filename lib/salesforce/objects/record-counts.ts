import { z } from 'zod';
import { answerInvalid, callSalesforce } from '../client';
import type { SalesforceClient } from '../types';

const schema = z.object({ sObjects: z.array(z.object({ name: z.string(), count: z.number() })) });

/**
 * How many records objects have: Salesforce's own approximation, which it keeps and renews now and then, over all records
 * and not those that the user sees. One call. Objects that it does not count are left out.
 * Source: REST API Developer Guide, "Record Count".
 */
export async function readRecordCounts(
  client: SalesforceClient,
  sobjects: readonly string[],
): Promise<Record<string, number>> {
  const names = sobjects.map(encodeURIComponent).join(',');
  const answer = await callSalesforce(client, { path: `/limits/recordCount?sObjects=${names}` });
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  return Object.fromEntries(parsed.data.sObjects.map(({ name, count }) => [name, count]));
}
