import { readLocator } from '@/lib/salesforce/query';
import type { SalesforceClient } from '@/lib/salesforce/types';
import { parseNextRecordsUrl } from '@/lib/soql/locator';

type Json = Record<string, unknown>;

/**
 * A record as plain values: parents as objects, the children of subqueries as arrays with all of them, also where Salesforce
 * gives them in pages of their own.
 */
export async function completeChildren(client: SalesforceClient, record: Json): Promise<Json> {
  const plain: Json = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue;
    plain[name] =
      typeof value === 'object' && value !== null ? await plainValue(client, value as Json) : value;
  }
  return plain;
}

async function plainValue(client: SalesforceClient, value: Json): Promise<unknown> {
  if (Array.isArray(value.records)) {
    const children: Json[] = [];
    for (const child of await allChildren(client, value))
      children.push(await completeChildren(client, child));
    return children;
  }
  return value.attributes === undefined ? value : await completeChildren(client, value);
}

async function allChildren(client: SalesforceClient, list: Json): Promise<Json[]> {
  const records = [...(list.records as Json[])];
  let next = typeof list.nextRecordsUrl === 'string' ? parseNextRecordsUrl(list.nextRecordsUrl) : null;
  while (next !== null) {
    const page = await readLocator(client, next.locator, next.offset, { batchSize: 2_000 });
    records.push(...page.records);
    const { done, locator } = page;
    next = done || locator === null ? null : { locator, offset: next.offset + page.records.length };
  }
  return records;
}
