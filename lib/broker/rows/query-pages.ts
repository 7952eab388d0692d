import { completeChildren } from '@/lib/broker/rows/complete-children';
import { readLocator, runQuery } from '@/lib/salesforce/query';
import type { QueryPage, SalesforceClient } from '@/lib/salesforce/types';

export type Row = Record<string, unknown>;

/** As many as Salesforce gives at once. */
const BATCH = { batchSize: 2_000 };

/** All rows of a query, page by page: the next one is asked for when somebody wants it. */
export async function openQuery(
  client: SalesforceClient,
  soql: string,
): Promise<{ total: number; first: Row[]; rest: AsyncGenerator<Row[]> }> {
  const page = await runQuery(client, soql, BATCH);
  return { total: page.totalSize, first: await rowsOf(client, page), rest: further(client, page) };
}

async function* further(client: SalesforceClient, first: QueryPage): AsyncGenerator<Row[]> {
  let offset = first.records.length;
  let page = first;
  // A later page names the locator again, or is the last.
  while (!page.done && page.locator !== null) {
    page = await readLocator(client, page.locator, offset, BATCH);
    offset += page.records.length;
    yield await rowsOf(client, page);
  }
}

/** Without Salesforce's marks of type and address, and with all children of each subquery. */
async function rowsOf(client: SalesforceClient, { records }: QueryPage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const record of records) rows.push(await completeChildren(client, record));
  return rows;
}

/** How many rows these are with those of their subqueries, which count as rows of a query of their own. */
export function countRows(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => {
    const lists = Object.values(row).filter((value) => Array.isArray(value));
    return sum + 1 + lists.reduce((inside, list) => inside + countRows(list as Row[]), 0);
  }, 0);
}
