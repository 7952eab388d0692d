import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { orgdock } from '@/db/schema/base';
import type { SealBinding } from '@/lib/vault/seal';
import type { ListedColumn } from '@/lib/vault/sealed-columns';

/** Runs work in one short transaction of the portal itself. The vault opens none of its own. */
export type RunInSystem = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface SealedValue {
  binding: SealBinding;
  sealed: string;
}

const PAGE = 200;
/** Before every id that is ever made. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** How many values a sealed column holds. */
export async function countSealedValues(run: RunInSystem, { table, column }: ListedColumn): Promise<number> {
  const { rows } = await run((tx) =>
    tx.execute<{ count: number }>(
      sql`SELECT count(${sql.identifier(column)})::int AS count FROM ${nameOf(table)}`,
    ),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Walks over a sealed column by row id, a page in a transaction, so that nothing is held while the values are looked
 * at. A row that comes or goes meanwhile may be missed; every other one is seen once.
 */
export async function* sealedValues(
  run: RunInSystem,
  { table, column, rowIdColumn }: ListedColumn,
): AsyncGenerator<SealedValue[]> {
  const [value, id] = [sql.identifier(column), sql.identifier(rowIdColumn)];
  const readPage = (after: string) =>
    run((tx) =>
      tx.execute<{ rowId: string; sealed: string }>(sql`
        SELECT ${id}::text AS "rowId", ${value} AS sealed FROM ${nameOf(table)}
         WHERE ${value} IS NOT NULL AND ${id} > ${after}::uuid
         ORDER BY ${id} LIMIT ${PAGE}`),
    );
  for (let after = NIL; ; ) {
    const { rows } = await readPage(after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ rowId, sealed }) => ({ binding: { table, column, rowId } as SealBinding, sealed }));
    after = last.rowId;
  }
}

/** Puts `next` in the place of `sealed`. False when another value is there by now, or none. */
export async function replaceSealedValue(
  run: RunInSystem,
  { table, column, rowIdColumn }: ListedColumn,
  { binding, sealed, next }: SealedValue & { next: string },
): Promise<boolean> {
  const value = sql.identifier(column);
  const { rowCount } = await run((tx) =>
    tx.execute(sql`
      UPDATE ${nameOf(table)} SET ${value} = ${next}
       WHERE ${sql.identifier(rowIdColumn)} = ${binding.rowId}::uuid AND ${value} = ${sealed}`),
  );
  return rowCount === 1;
}

function nameOf(table: string) {
  return sql`${sql.identifier(orgdock.schemaName)}.${sql.identifier(table)}`;
}
