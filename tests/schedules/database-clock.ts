import { asOwner } from '../database-owner';

/** Separates the reason of a system transaction from the time that it is to see. */
const MARK = '#';

/** Makes the database's clock show the time that a transaction's reason names; without one it shows the true time. */
export async function letReasonsCarryTime(): Promise<void> {
  await asOwner((owner) =>
    owner.unsafe(`
      CREATE OR REPLACE FUNCTION orgdock.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
        SELECT coalesce(
          to_timestamp(nullif(split_part(current_setting('orgdock.system_reason', true), '${MARK}', 2), '')::numeric / 1000),
          pg_catalog.clock_timestamp()) $$`),
  );
}

/** The reason of a transaction that sees a virtual time, in milliseconds since 1970. */
export function reasonAt(reason: string, now: number): string {
  return `${reason}${MARK}${now}`;
}
