import { AppError } from '@/lib/errors';
import { readLocator, runQuery } from '@/lib/salesforce/query';
import type { QueryPage, SalesforceClient } from '@/lib/salesforce/types';
import { type OpenList, openLists } from './locators';

/** Rows of a full window; the smallest batch that Salesforce offers. */
export const PAGE_SIZE = 200;

export interface RowPage {
  records: Array<Record<string, unknown>>;
  total: number;
  /** From 1; the last page when a later one was wanted. */
  page: number;
  notices: string[];
}

export interface RowQuery {
  /** Org and user: a list serves only who opened it. */
  readerKey: string;
  soql: string;
  /** From 1. */
  page: number;
}

/**
 * The rows of one page. The first page is always a new query; a later one is read from the open list when this process
 * has one, and a list that Salesforce let go of is opened again.
 */
export async function readRows(client: SalesforceClient, query: RowQuery): Promise<RowPage> {
  const key = `${query.readerKey} ${query.soql}`;
  const open = query.page > 1 ? openLists().fresh(key) : undefined;
  if (open === undefined) return readFromQuery(client, query, key);
  try {
    return await readFromList(client, open, query.page, null);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'SALESFORCE_LOCATOR_EXPIRED')) throw error;
    openLists().delete(key);
    return readFromQuery(client, query, key);
  }
}

async function readFromQuery(client: SalesforceClient, query: RowQuery, key: string): Promise<RowPage> {
  const first = await runQuery(client, query.soql, { batchSize: PAGE_SIZE });
  const list = { locator: first.locator, total: first.totalSize };
  openLists().set(key, list);
  return readFromList(client, list, query.page, first);
}

async function readFromList(
  client: SalesforceClient,
  list: OpenList,
  wanted: number,
  first: QueryPage | null,
): Promise<RowPage> {
  const lastPage = Math.max(1, Math.ceil(list.total / PAGE_SIZE));
  const page = Math.min(wanted, lastPage);
  const start = (page - 1) * PAGE_SIZE;
  const end = Math.min(start + PAGE_SIZE, list.total);
  const records = page === 1 && first ? first.records.slice(0, PAGE_SIZE) : [];
  // Salesforce may shrink a batch: then the rest of the page is one more read.
  while (start + records.length < end) {
    if (list.locator === null && first) break;
    if (list.locator === null) throw expiredList();
    const next = await readLocator(client, list.locator, start + records.length, { batchSize: PAGE_SIZE });
    if (next.records.length === 0) break;
    records.push(...next.records.slice(0, end - start - records.length));
  }
  const notices = page < wanted ? [`There is no page ${wanted}; this is the last one.`] : [];
  return { records, total: list.total, page, notices };
}

/** A list without a locator holds its rows nowhere any more: it must be opened again. */
function expiredList(): AppError {
  return new AppError('SALESFORCE_LOCATOR_EXPIRED', 'Salesforce has let go of this list.', {
    nextStep: 'Open the list again.',
  });
}
