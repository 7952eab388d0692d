import { z } from 'zod';
import { locatorAt, parseNextRecordsUrl } from '@/lib/soql/locator';
import { answerInvalid, callSalesforce } from './client';
import { partError } from './rest-errors';
import type { ApiBudget, QueryPage, SalesforceClient } from './types';

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const pageSchema = z.object({
  totalSize: z.number().int().min(0),
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  // Not `z.record`, which goes through every value of 200 rows.
  records: z.array(z.custom<Record<string, unknown>>(isRecord)),
});

export interface QueryOptions {
  /** Rows a page, 200 to 2,000; Salesforce takes it as a wish. */
  batchSize: number;
}

/**
 * Salesforce refuses a request line with its headers beyond 16,384 bytes (414, 431); an access token that is a JWT takes
 * 2,000 and more of them. What is longer than this goes in the body of a composite request, which is one call as well.
 */
const MOST_REQUEST_LINE = 12_000;

/** Runs a query: first page, total and locator in one call. */
export async function runQuery(
  client: SalesforceClient,
  soql: string,
  options: QueryOptions,
): Promise<QueryPage> {
  const path = queryPath(soql);
  return path.length > MOST_REQUEST_LINE
    ? first(await readComposite(client, [path], options))
    : readPage(client, path, options);
}

/** Runs up to five queries one right after the other, in one call: the first page, total and locator of each. */
export async function runQueries(
  client: SalesforceClient,
  soqls: readonly string[],
  options: QueryOptions,
): Promise<QueryPage[]> {
  return await readComposite(client, soqls.map(queryPath), options);
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

function queryPath(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`;
}

async function readPage(
  client: SalesforceClient,
  path: string,
  { batchSize }: QueryOptions,
): Promise<QueryPage> {
  const headers = { 'sforce-query-options': `batchSize=${batchSize}` };
  const { body, budget } = await callSalesforce(client, { path, headers });
  return toPage(client, body, budget);
}

const compositeSchema = z.object({
  compositeResponse: z.array(
    z.object({ body: z.unknown(), httpStatusCode: z.number().int(), referenceId: z.string() }),
  ),
});

/** Source: REST API Developer Guide, "Composite". Answers come in the order of the questions. */
async function readComposite(
  client: SalesforceClient,
  paths: readonly string[],
  { batchSize }: QueryOptions,
): Promise<QueryPage[]> {
  const subrequests = paths.map((path, place) => ({
    method: 'GET',
    url: `/services/data/v${client.apiVersion}${path}`,
    referenceId: referenceOf(place),
    httpHeaders: { 'Sforce-Query-Options': `batchSize=${batchSize}` },
  }));
  const { body, budget } = await callSalesforce(client, {
    path: '/composite',
    method: 'POST',
    reads: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compositeRequest: subrequests }),
  });
  const parsed = compositeSchema.safeParse(body);
  const answers = parsed.data?.compositeResponse ?? [];
  const isWhole = answers.every(({ referenceId }, place) => referenceId === referenceOf(place));
  if (answers.length !== paths.length || !isWhole) throw answerInvalid();
  return answers.map((answer) => {
    if (answer.httpStatusCode !== 200) throw partError(answer.httpStatusCode, answer.body);
    return toPage(client, answer.body, budget);
  });
}

function referenceOf(place: number): string {
  return `query${place}`;
}

function first(pages: QueryPage[]): QueryPage {
  const [page] = pages;
  if (page === undefined) throw answerInvalid();
  return page;
}

function toPage(client: SalesforceClient, body: unknown, budget: ApiBudget | null): QueryPage {
  const parsed = pageSchema.safeParse(body);
  if (!parsed.success) throw answerInvalid();
  const { totalSize, done, nextRecordsUrl, records } = parsed.data;
  if (client.meter) client.meter.rows = (client.meter.rows ?? 0) + records.length;
  const next = nextRecordsUrl ? parseNextRecordsUrl(nextRecordsUrl) : null;
  if (!done && next === null) throw answerInvalid();
  return { totalSize, done, locator: next?.locator ?? null, records, budget };
}
