import { type SQL, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import type { KeyContext } from '@/lib/broker/call/note-refusal';

/**
 * Takes rows or calls off what a key may have in a day (UTC), all or none, in one statement: of any number of calls at
 * once, those together never get more than the limit. The total of the day with them; null: they do not fit.
 */
export async function takeFromDay(
  ctx: KeyContext,
  what: 'rows' | 'calls',
  { count, limit }: { count: number; limit: number },
): Promise<number | null> {
  if (count > limit) return null;
  const column = sql.identifier(what);
  const { rows } = await withActor(ctx, (tx) =>
    tx.execute<{ total: number }>(sql`
      INSERT INTO orgdock.api_key_days AS d (key_id, day, ${column})
      VALUES (${ctx.apiKey.id}::uuid, ${TODAY}, ${count}::bigint)
      ON CONFLICT (key_id, day) DO UPDATE SET ${column} = d.${column} + excluded.${column}
       WHERE d.${column} + excluded.${column} <= ${limit}::bigint
      RETURNING d.${column}::float8 AS total`),
  );
  return rows[0]?.total ?? null;
}

/** SQL: the day (UTC) of the database's clock, such as `2026-11-27`. */
export const TODAY: SQL<string> = sql`to_char(orgdock.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
