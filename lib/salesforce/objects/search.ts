import { z } from 'zod';
import { answerInvalid, callSalesforce } from '../client';
import type { FoundRecord, SalesforceClient } from '../types';

const schema = z.object({
  searchRecords: z.array(z.looseObject({ attributes: z.object({ type: z.string() }), Id: z.string() })),
});

export interface SearchRequest {
  /** At least two characters, without what SOSL reserves: see `searchTerm`. */
  q: string;
  sobjects: Array<{ name: string; fields: string[]; limit: number }>;
  overallLimit: number;
}

/**
 * Searches several objects in one call, in every indexed field. The order is Salesforce's.
 * Source: REST API Developer Guide, "Parameterized Search".
 */
export async function searchRecords(
  client: SalesforceClient,
  { q, sobjects, overallLimit }: SearchRequest,
): Promise<FoundRecord[]> {
  const withId = sobjects.map((sobject) => ({ ...sobject, fields: ['Id', ...sobject.fields] }));
  const answer = await callSalesforce(client, {
    path: '/parameterizedSearch',
    method: 'POST',
    reads: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ q, in: 'ALL', sobjects: withId, overallLimit }),
  });
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  const found = parsed.data.searchRecords;
  if (client.meter) client.meter.rows = (client.meter.rows ?? 0) + found.length;
  return found.map(({ attributes, Id, ...fields }) => ({ sobject: attributes.type, id: Id, fields }));
}
