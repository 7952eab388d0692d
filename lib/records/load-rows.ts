import { AppError } from '@/lib/errors';
import { knownTimeZone } from '@/lib/format/locale';
import type { RowWindow } from '@/lib/records/types';
import { MOST_WHERE } from '@/lib/records/window/conditions';
import { parseCursor } from '@/lib/records/window/cursor';
import { jumpValue } from '@/lib/records/window/jump-value';
import type { GridInput, GridPlan } from '@/lib/records/window/plan-grid';
import { type Page, rowWindow, WINDOW_ROWS } from '@/lib/records/window/row-window';
import { isInvalidField, withPlan } from '@/lib/records/window/with-plan';
import type { RecordsAccess } from '@/lib/records/with-records';
import { readLocator, runQueries, runQuery } from '@/lib/salesforce/query';
import type { QueryPage, SalesforceClient } from '@/lib/salesforce/types';
import { behindRow, fromValue } from '@/lib/soql/keyset';
import { formatList, type OpenList } from '@/lib/soql/locator';

/** Rows from one on. */
export interface RowsFrom {
  /** From 0. */
  offset: number;
  list: OpenList | null;
  /** Of the window just before. */
  cursor: string | null;
}

/** The first row whose first sort key is at or after a value, and on. */
export interface RowsAt {
  value: string;
}

const OPTIONS = { batchSize: WINDOW_ROWS };

/** Further rows of a list, in one API call; two when Salesforce had let go of it and nothing says where to go on. */
export async function loadRows(access: RecordsAccess, input: GridInput, from: RowsFrom): Promise<RowWindow> {
  return await withPlan(access, input, async (plan) =>
    rowWindow(access, plan, await readFrom(access.client, plan, from)),
  );
}

/**
 * Opens the list anew and finds a value of its first sort key, in one API call: what changed since the list of before was
 * opened would shift the row that is found. The answer is the list from that row on, or the whole of a short one. Throws
 * INVALID_INPUT for an order that knows no jump.
 */
export async function loadRowsAt(access: RecordsAccess, input: GridInput, at: RowsAt): Promise<RowWindow> {
  return await withPlan(access, input, async (plan) => {
    const condition = jumpCondition(plan, at.value, knownTimeZone(access.reader.timeZone));
    const pages = await runQueries(access.client, [plan.soql(null), plan.soql(condition)], OPTIONS);
    const [whole, rest] = pages as [QueryPage, QueryPage];
    const total = whole.totalSize;
    const jumpedTo = Math.max(0, total - rest.totalSize);
    const notices = rest.totalSize === 0 ? [`No row stands at or behind “${at.value}”.`] : [];
    const { records, offset } =
      whole.locator === null
        ? { records: whole.records, offset: 0 }
        : { records: rest.records, offset: jumpedTo };
    const window = rowWindow(access, plan, { records, offset, total, list: listOf(whole, 0), notices });
    return { ...window, jumpedTo };
  });
}

async function readFrom(client: SalesforceClient, plan: GridPlan, from: RowsFrom): Promise<Page> {
  const { list, offset } = from;
  if (list === null || offset < list.base) return await openAgain(client, plan, from);
  try {
    const page = await readLocator(client, list.locator, offset - list.base, OPTIONS);
    requireSameObject(plan, page);
    const total = list.base + page.totalSize;
    return { records: page.records, offset, total, list: formatList(list), notices: [] };
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'SALESFORCE_LOCATOR_EXPIRED';
    if (!isGone && !isInvalidField(error)) throw error;
    return await openAgain(client, plan, from);
  }
}

async function openAgain(client: SalesforceClient, plan: GridPlan, from: RowsFrom): Promise<Page> {
  const { offset, cursor, list } = from;
  const behind = cursor === null ? null : behindCursor(plan, cursor, offset);
  const words =
    list === null ? 'The list was opened again' : 'Salesforce had let go of the list; it was opened again';
  if (behind !== null) {
    const page = await runQuery(client, plan.soql(behind), OPTIONS);
    const notices = [`${words} from row ${(offset + 1).toLocaleString('en')}.`];
    const total = offset + page.totalSize;
    return { records: page.records, offset, total, list: listOf(page, offset), notices };
  }
  return await openFromStart(client, plan, { offset, words });
}

/** Two calls, unless the wanted rows are in the first answer. */
async function openFromStart(
  client: SalesforceClient,
  plan: GridPlan,
  { offset, words }: { offset: number; words: string },
): Promise<Page> {
  const first = await runQuery(client, plan.soql(null), OPTIONS);
  const total = first.totalSize;
  const list = listOf(first, 0);
  if (offset < first.records.length || first.locator === null) {
    return { records: first.records.slice(offset), offset, total, list, notices: [`${words}.`] };
  }
  const notices = [`${words} from its first row, which cost one call more.`];
  if (offset >= total)
    return { records: [], offset, total, list, notices: [`${words}; it has no row ${offset + 1} any more.`] };
  const page = await readLocator(client, first.locator, offset, OPTIONS);
  return { records: page.records, offset, total, list, notices };
}

/** The condition for the rows behind the cursor, when it stands just before the wanted row and the order can be compared. */
function behindCursor(plan: GridPlan, text: string, offset: number): string | null {
  const cursor = parseCursor(plan.stamp, text);
  if (cursor === null || cursor.row + 1 !== offset) return null;
  const condition = behindRow(plan.order.keys, cursor.values, cursor.id);
  const length = (plan.where?.length ?? 0) + (condition?.length ?? 0);
  return length + ' AND '.length > MOST_WHERE ? null : condition;
}

function jumpCondition({ order, where }: GridPlan, value: string, timeZone: string): string {
  const [key] = order.keys;
  const condition = key && order.jump ? fromValue(key, jumpValue(value, order.jump, timeZone)) : null;
  if (condition !== null && (where?.length ?? 0) + condition.length < MOST_WHERE) return condition;
  throw new AppError('INVALID_INPUT', order.jumpWords ?? `There is no jump to “${value}” in this order.`, {
    nextStep: 'Sort by another column, or filter.',
  });
}

function listOf({ locator }: QueryPage, base: number): string | null {
  return locator === null ? null : formatList({ locator, base });
}

/** A list of another object would look like rows without values. */
function requireSameObject({ describe }: GridPlan, { records: [first] }: QueryPage): void {
  const { type } = (first?.attributes ?? {}) as { type?: unknown };
  if (first === undefined || type === describe.name) return;
  throw new AppError('INVALID_INPUT', 'This list holds records of another object.', {
    nextStep: 'Reload the page.',
  });
}
