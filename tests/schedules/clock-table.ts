import { sql } from 'drizzle-orm';
import { openDatabase } from '@/db/start';
import { asOwner } from '../database-owner';

/** Separates the reason of a system transaction from the schedule whose clock it is to see. */
const MARK = '#';

/** Gives every schedule a database clock of its own, by the reason that its transactions name. */
export async function makeClocks(): Promise<void> {
  await asOwner((owner) =>
    owner.unsafe(`
      CREATE TABLE public.schedule_clock (id text PRIMARY KEY, at timestamptz NOT NULL);
      GRANT SELECT, INSERT, UPDATE ON public.schedule_clock TO PUBLIC;
      CREATE OR REPLACE FUNCTION orgdock.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
        SELECT coalesce(
          (SELECT at FROM public.schedule_clock
            WHERE id = split_part(current_setting('orgdock.system_reason', true), '${MARK}', 2)),
          pg_catalog.clock_timestamp()) $$`),
  );
}

/** The reason of a transaction that sees the clock of a schedule. */
export function reasonOf(reason: string, schedule: string): string {
  return `${reason}${MARK}${schedule}`;
}

/** Sets the database clock of a schedule. */
export async function setClock(schedule: string, at: number): Promise<void> {
  const database = await openDatabase();
  await database.execute(sql`
    INSERT INTO public.schedule_clock VALUES (${schedule}, ${new Date(at).toISOString()}::timestamptz)
        ON CONFLICT (id) DO UPDATE SET at = excluded.at`);
}
