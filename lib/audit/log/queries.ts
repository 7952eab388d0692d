import { asc, sql } from 'drizzle-orm';
import { withCustody, withSystem } from '@/db/client';
import { people } from '@/db/schema/people';
import { readChainState } from '@/lib/audit/chain/chain-state';
import { assertReader } from '@/lib/audit/log/assert-reader';
import { readHistogram } from '@/lib/audit/log/histogram';
import { readRows } from '@/lib/audit/log/read-rows';
import type { AuditFilter, AuditHistogram, AuditPage, ChainState } from '@/lib/audit/types';
import type { PersonContext } from '@/lib/context';

const PAGE_SIZE = 50;
const MOST_PEOPLE = 500;

/** A page of the log, the newest first, for administrators and auditors. Throws FORBIDDEN. */
export async function listAuditRows(ctx: PersonContext, filter: AuditFilter): Promise<AuditPage> {
  assertReader(ctx);
  return await withCustody(ctx, (tx) => readRows(tx, filter, PAGE_SIZE));
}

/** How the entries of a filter are spread over its time, by days of a time zone (IANA). Throws FORBIDDEN. */
export async function getAuditHistogram(
  ctx: PersonContext,
  filter: AuditFilter,
  timeZone: string,
): Promise<AuditHistogram> {
  assertReader(ctx);
  return await withCustody(ctx, (tx) => readHistogram(tx, filter, timeZone));
}

/** How far the log is sealed, and how long it is kept: days, or null for ever. Throws FORBIDDEN. */
export async function getAuditState(
  ctx: PersonContext,
): Promise<ChainState & { retentionDays: number | null }> {
  assertReader(ctx);
  return await withSystem('audit state', async (tx) => {
    const { rows } = await tx.execute<{ days: number | null }>(
      sql`SELECT audit_retention_days AS days FROM orgdock.portal`,
    );
    return { ...(await readChainState(tx)), retentionDays: rows[0]?.days ?? null };
  });
}

/** Whom the log can be narrowed to, by name. Throws FORBIDDEN. */
export async function listAuditPeople(ctx: PersonContext): Promise<Array<{ id: string; name: string }>> {
  assertReader(ctx);
  return await withCustody(ctx, (tx) =>
    tx
      .select({ id: people.id, name: people.displayName })
      .from(people)
      .orderBy(asc(people.displayName), asc(people.id))
      .limit(MOST_PEOPLE),
  );
}
