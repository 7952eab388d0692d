import type { OrgData } from '@/simulator/data/org-data';
import type { Table } from '@/simulator/data/table';
import type { Statement } from '@/simulator/soql/ast';
import { faultAt, SoqlUnsupported, unexpectedToken } from '@/simulator/soql/errors';
import { parseSoql } from '@/simulator/soql/parse';
import { isAggregate, runAggregate } from '@/simulator/soql/run/aggregate';
import { sortOperand } from '@/simulator/soql/run/fields/field-operand';
import type { Test } from '@/simulator/soql/run/filter';
import { ChildIndex } from '@/simulator/soql/run/joins/child-index';
import { bindChildren, type ChildRows } from '@/simulator/soql/run/joins/child-rows';
import { whereTest } from '@/simulator/soql/run/joins/semi-join';
import { type BoundPath, findTable, type QueryScope } from '@/simulator/soql/run/resolve';
import { selectFields } from '@/simulator/soql/run/select';
import { SortedRows } from '@/simulator/soql/run/sorting/order';
import type { SimOrg, SimUser } from '@/simulator/types';

/** "OFFSET": rows after it come in one batch of at most 2,000, and it may not be larger. */
const MAX_OFFSET = 2_000;
const OFFSET_BATCH = 2_000;

/** The rows of a query before they are written out; null stands for all rows in their own order. */
export interface RowResult {
  readonly kind: 'rows';
  readonly table: Table;
  readonly select: readonly BoundPath[];
  readonly children: readonly ChildRows[];
  readonly total: number;
  readonly rows: Uint32Array | null;
}

export type QueryResult =
  | RowResult
  | { readonly kind: 'count'; readonly total: number }
  | { readonly kind: 'aggregate'; readonly records: readonly Record<string, unknown>[] };

function isCountAll(statement: Statement): boolean {
  const [only, ...more] = statement.select;
  if (only?.expression.kind !== 'function' || only.expression.args.length > 0) return false;
  if (only.expression.name.toUpperCase() !== 'COUNT') return false;
  if (statement.children.length > 0) return false;
  return more.length === 0 && only.alias === null && statement.groupBy.length === 0;
}

/** Runs SOQL over one org's data and keeps what is costly to find again: sorted rows. */
export class QueryEngine {
  private readonly sorted = new SortedRows();
  private readonly childIndex = new ChildIndex();

  constructor(
    private readonly org: SimOrg,
    private readonly data: OrgData,
  ) {}

  /** Throws `SoqlError` for what Salesforce refuses and `SoqlUnsupported` for what is beyond the simulator. */
  run(soql: string, user: SimUser, now: number): QueryResult {
    const statement = parseSoql(soql);
    const table = findTable(this.data, statement, user);
    const scope: QueryScope = { org: this.org, data: this.data, user, now, statement, table };
    this.checkOffset(statement);
    const matches = whereTest(scope, (operand) => this.sorted.knownRanks(table, operand));
    if (isCountAll(statement)) {
      if (statement.orderBy.length > 0) throw new SoqlUnsupported('ORDER BY with COUNT()');
      return { kind: 'count', total: this.window(statement, countOf(table, matches)).length };
    }
    if (statement.groupBy.length > 0 || statement.select.some(({ expression }) => isAggregate(expression))) {
      const [child] = statement.children;
      if (child) {
        const message = 'Grouped query cannot use child relationships in the SELECT list';
        throw faultAt(statement.text, child, 'MALFORMED_QUERY', message);
      }
      return { kind: 'aggregate', records: runAggregate(scope, matchingRows(table, matches)) };
    }
    return this.rows(scope, matches);
  }

  private checkOffset({ text, offset }: Statement): void {
    if (!offset) return;
    if (offset.value < 0) throw unexpectedToken(text, offset);
    if (offset.value > MAX_OFFSET) {
      const message = `Maximum SOQL offset allowed is ${MAX_OFFSET}`;
      throw faultAt(text, offset, 'NUMBER_OUTSIDE_VALID_RANGE', message);
    }
  }

  /** First and last row of LIMIT and OFFSET among `count` rows. */
  private window({ limit, offset }: Statement, count: number) {
    const start = Math.min(offset?.value ?? 0, count);
    const most = Math.min(
      limit ?? Number.POSITIVE_INFINITY,
      offset ? OFFSET_BATCH : Number.POSITIVE_INFINITY,
    );
    return { start, end: Math.min(count, start + most), length: Math.min(count - start, most) };
  }

  private rows(scope: QueryScope, matches: Test | null): RowResult {
    const { statement, table } = scope;
    const select = selectFields(scope);
    const children = bindChildren(scope, this.childIndex);
    const keys = statement.orderBy.map(({ target, ...direction }) => ({
      ...direction,
      operand: sortOperand(scope)(target),
    }));
    const order = keys.length > 0 ? this.sorted.rows(table, keys) : null;
    const found = matches ? filterRows(table, order, matches) : order;
    const { start, end, length } = this.window(statement, found?.length ?? table.size);
    const result = { kind: 'rows', table, select, children, total: length } as const;
    if (!found && length === table.size) return { ...result, rows: null };
    const rows = found?.subarray(start, end) ?? Uint32Array.from({ length }, (_, index) => start + index);
    return { ...result, rows };
  }
}

function* matchingRows(table: Table, matches: Test | null): Generator<number> {
  for (let row = 0; row < table.size; row++) if (!matches || matches(row)) yield row;
}

function countOf(table: Table, matches: Test | null): number {
  if (!matches) return table.size;
  let count = 0;
  for (let row = 0; row < table.size; row++) if (matches(row)) count++;
  return count;
}

function filterRows(table: Table, order: Uint32Array | null, matches: Test): Uint32Array {
  const found = new Uint32Array(table.size);
  let count = 0;
  for (let index = 0; index < table.size; index++) {
    const row = order ? (order[index] ?? 0) : index;
    if (matches(row)) found[count++] = row;
  }
  return found.slice(0, count);
}
