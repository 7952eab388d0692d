import { appendAudit } from '@/lib/audit/append';
import type { AuditEntry } from '@/lib/audit/entries';
import type { SystemContext } from '@/lib/context';
import { keyRing } from '@/lib/keyring';
import { type ColumnProgress, type DamagedValue, resealColumn } from '@/lib/vault/reseal';
import { SEALED_COLUMNS } from '@/lib/vault/sealed-columns';
import type { RunInSystem } from '@/lib/vault/sealed-values';

export interface ResealReport {
  activeKid: string;
  /** Values that this run has sealed anew. */
  resealed: number;
  /** Values that the active key sealed already. */
  already: number;
  damaged: DamagedValue[];
  /** False: others kept storing values under an older key all the while. */
  settled: boolean;
}

/** A portal that has not read the changed ring yet may put an older value behind the walk: it goes round again. */
const MOST_ROUNDS = 5;

export interface ResealProgress extends ColumnProgress {
  /** From 1: the walk goes round until it finds nothing to do. */
  round: number;
}

/**
 * Seals everything that an older key seals with the active one, while portals serve, refresh and seal. Can be broken
 * off and run again, and two may run at once. Damaged values are reported and left. Its start and end are audited.
 */
export async function resealAll(
  ctx: SystemContext,
  { run, onProgress }: { run: RunInSystem; onProgress: (progress: ResealProgress) => void },
): Promise<ResealReport> {
  await run((tx) => appendAudit(tx, ctx, entry({ state: 'started' })));
  const report: ResealReport = { activeKid: '', resealed: 0, already: 0, damaged: [], settled: false };
  for (let round = 1; !report.settled && round <= MOST_ROUNDS; round += 1) {
    const walk = await walkOnce(run, (progress) => onProgress({ ...progress, round }));
    if (round === 1) report.already = walk.already;
    report.resealed += walk.resealed;
    report.damaged = walk.damaged;
    report.settled = walk.resealed === 0 && walk.overtaken === 0;
  }
  const { resealed, already, damaged, settled } = report;
  await run((tx) =>
    appendAudit(tx, ctx, {
      ...entry({ state: 'finished', resealed, already, damaged: damaged.length }),
      outcome: damaged.length === 0 && settled ? 'done' : 'failed',
    }),
  );
  return { ...report, activeKid: keyRing().activeKid };
}

async function walkOnce(run: RunInSystem, onProgress: (progress: ColumnProgress) => void) {
  const sum = { resealed: 0, already: 0, overtaken: 0, damaged: [] as DamagedValue[] };
  for (const listed of SEALED_COLUMNS) {
    const counts = await resealColumn(run, listed, onProgress);
    sum.resealed += counts.resealed;
    sum.already += counts.already;
    sum.overtaken += counts.overtaken;
    sum.damaged.push(...counts.damaged);
  }
  return sum;
}

type ResealEntry = Extract<AuditEntry, { action: 'keyring.reseal' }>;

function entry(details: ResealEntry['details']): ResealEntry {
  return { action: 'keyring.reseal', subjectId: keyRing().activeKid, details };
}
