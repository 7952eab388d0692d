import { z } from 'zod';
import { locatorAt, parseNextRecordsUrl } from '@/lib/soql/locator';
import { answerInvalid, callSalesforce } from './client';
import type { QueryPage, SalesforceClient } from './types';

const pageSchema = z.object({
  totalSize: z.number().int().min(0),
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  records: z.array(z.record(z.string(), z.unknown())),
});

export interface QueryOptions {
  /** Rows a page, 200 to 2,000; Salesforce takes it as a wish. */
  batchSize: number;
}

/** Runs a query: first page, total and locator in one call. */
export async function runQuery(
  client: SalesforceClient,
  soql: string,
  options: QueryOptions,
): Promise<QueryPage> {
  return readPage(client, `/query?q=${encodeURIComponent(soql)}`, options);
}

/** The page of an earlier query that starts at row `offset` (from 0). Throws `SALESFORCE_LOCATOR_EXPIRED`. */
export async function readLocator(
  client: SalesforceClient,
  locator: string,
  offset: number,
  options: QueryOptions,
): Promise<QueryPage> {
  return readPage(client, `/query/${locatorAt(locator, offset)}`, options);
}

async function readPage(
  client: SalesforceClient,
  path: string,
  { batchSize }: QueryOptions,
): Promise<QueryPage> {
  const headers = { 'sforce-query-options': `batchSize=${batchSize}` };
  const answer = await callSalesforce(client, { path, headers });
  const parsed = pageSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  const { totalSize, done, nextRecordsUrl, records } = parsed.data;
  if (client.meter) client.meter.rows = (client.meter.rows ?? 0) + records.length;
  const next = nextRecordsUrl ? parseNextRecordsUrl(nextRecordsUrl) : null;
  if (!done && next === null) throw answerInvalid();
  return { totalSize, done, locator: next?.locator ?? null, records, budget: answer.budget };
}
