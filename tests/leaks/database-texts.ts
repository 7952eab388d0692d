import type { Sql } from '@/db/sql';
import type { Place } from './secret-scanner';

/**
 * Everything that the portal's database holds, one place for each column of each table: its own schema and that of the
 * job queue. Sealed columns are among them: what is encrypted is not found. Takes the superuser's connection.
 */
export async function databaseTexts(owner: Sql): Promise<Place[]> {
  const tables = await owner<Array<{ name: string }>>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('orgdock', 'graphile_worker') ORDER BY 1`;
  const columns = tables.map(
    ({ name }) => `SELECT '${name}.' || field.key AS name, string_agg(field.value, E'\\n') AS text
      FROM ${name} t, jsonb_each_text(to_jsonb(t)) AS field WHERE field.value IS NOT NULL GROUP BY field.key`,
  );
  return (await owner.unsafe(columns.join(' UNION ALL '))) as Place[];
}
