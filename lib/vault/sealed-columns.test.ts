import { is } from 'drizzle-orm';
import { getTableConfig, PgCustomColumn, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as schema from '@/db/schema';
import { SEALED_COLUMNS } from '@/lib/vault/sealed-columns';

const tables = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table));

describe('the list of sealed columns', () => {
  it('names each column that the schema makes with sealed(), and no other', () => {
    // `sealed` (db/schema/base.ts) is the only custom type over text; another one has to be told apart here.
    const isSealed = (column: (typeof tables)[number]['columns'][number]) =>
      is(column, PgCustomColumn) && column.getSQLType() === 'text';
    const made = tables.flatMap(({ name, columns }) =>
      columns.filter(isSealed).map((column) => `${name}.${column.name}`),
    );
    expect(made.length).toBeGreaterThan(0);
    expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(made.sort());
  });

  it.each(SEALED_COLUMNS)(
    'finds $table.$column by the primary key of its table',
    ({ table, rowIdColumn }) => {
      const config = tables.find(({ name }) => name === table);
      const keys = config?.columns.filter((column) => column.primary) ?? [];
      expect(keys.map((column) => [column.name, column.getSQLType()])).toEqual([[rowIdColumn, 'uuid']]);
    },
  );
});
