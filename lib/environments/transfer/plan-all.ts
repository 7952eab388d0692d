import { createHash } from 'node:crypto';
import type { Tx } from '@/db/client';
import { readTakenSlugs } from '@/lib/environments/identity-providers/slugs';
import { type PlannedEnvironment, planEnvironment } from '@/lib/environments/transfer/plan-environment';
import { type CurrentEnvironment, readCurrent } from '@/lib/environments/transfer/read-current';
import type { TransferEntry } from '@/lib/environments/transfer/schema';
import type { OfferedSecrets } from '@/lib/environments/transfer/types';

interface PlanAllInput {
  content: string;
  entries: TransferEntry[];
  secrets: OfferedSecrets;
  /** The plan is about to be carried out: what it is compared with is locked. */
  toWrite: boolean;
}

/** Compares a whole file with what is there, in one transaction. `seen` stands for both. */
export async function planAll(
  tx: Tx,
  { content, entries, secrets, toWrite }: PlanAllInput,
): Promise<{ planned: PlannedEnvironment[]; seen: string }> {
  const offered = new Set(Object.keys(secrets).filter((slug) => secrets[slug] !== ''));
  const current = await readCurrent(tx, { offered, toWrite });
  const taken = await readTakenSlugs(tx);
  const planned = entries.map((entry) => {
    const found = current.get(entry.slug) ?? null;
    return planEnvironment({
      entry,
      current: found?.deleted ? null : found,
      isTaken: found ? found.deleted : taken.has(entry.slug),
      secret: offered.has(entry.slug) ? (secrets[entry.slug] ?? null) : null,
    });
  });
  return { planned, seen: fingerprint(content, entries, current) };
}

/** Secrets have no part in it: they may be entered after the plan was read. */
function fingerprint(
  content: string,
  entries: TransferEntry[],
  current: Map<string, CurrentEnvironment>,
): string {
  const states = entries.map(({ slug }) => {
    const { secret: _, ...state } = current.get(slug) ?? { secret: null, slug };
    return state;
  });
  return createHash('sha256')
    .update(JSON.stringify([content, states]))
    .digest('base64url');
}
