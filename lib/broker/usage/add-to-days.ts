import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

/** What a call adds to the counters of its key's day. */
export interface DayShare {
  keyId: string;
  /** `2026-11-27` (UTC). */
  day: string;
  calls: number;
  rows: number;
}

/** Adds to the counters of days what was not counted before the call. A key that is gone has none. */
export async function addToDays(tx: Tx, shares: readonly DayShare[]): Promise<void> {
  const sums = new Map<string, DayShare>();
  for (const { keyId, day, calls, rows } of shares) {
    const sum = sums.get(`${keyId} ${day}`) ?? { keyId, day, calls: 0, rows: 0 };
    sums.set(`${keyId} ${day}`, { ...sum, calls: sum.calls + calls, rows: sum.rows + rows });
  }
  const added = [...sums.values()].filter(({ calls, rows }) => calls > 0 || rows > 0);
  if (added.length === 0) return;
  // In one order everywhere: two replicas that write at once wait for each other, and not in a circle.
  await tx.execute(sql`
    INSERT INTO orgdock.api_key_days AS d (key_id, day, calls, rows)
    SELECT k.id, s.day, s.calls, s.rows
      FROM json_to_recordset(${JSON.stringify(added)}::json) AS s("keyId" uuid, day text, calls bigint, rows bigint)
      JOIN orgdock.api_keys k ON k.id = s."keyId"
     ORDER BY k.id, s.day
    ON CONFLICT (key_id, day) DO UPDATE SET calls = d.calls + excluded.calls, rows = d.rows + excluded.rows`);
}
