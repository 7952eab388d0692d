import { asc } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { auditCheckpoints } from '@/db/schema/audit';
import { isAsSigned } from '@/lib/audit/chain/checkpoint';
import type { ChainFault } from '@/lib/audit/types';

type Stored = typeof auditCheckpoints.$inferSelect;

/** All checkpoints by position, and the first that is not what was signed, or that does not say what was removed. */
export async function readCheckpoints(tx: Tx): Promise<{ checkpoints: Stored[]; fault: ChainFault | null }> {
  const checkpoints = await tx
    .select()
    .from(auditCheckpoints)
    .orderBy(asc(auditCheckpoints.position), asc(auditCheckpoints.id));
  let removed = 0;
  for (const checkpoint of checkpoints) {
    if (!(await isAsSigned(checkpoint))) {
      const message = `The checkpoint at link ${checkpoint.position} is not what this portal’s audit key has signed.`;
      return { checkpoints, fault: faultAt(checkpoint, message) };
    }
    removed += checkpoint.removedRows;
    if (checkpoint.kind === 'retention' && removed !== checkpoint.position) {
      const message = `Retention up to link ${checkpoint.position} has removed ${checkpoint.position} rows, but its checkpoints speak for ${removed}.`;
      return { checkpoints, fault: faultAt(checkpoint, message) };
    }
  }
  return { checkpoints, fault: null };
}

function faultAt({ position }: Stored, message: string): ChainFault {
  return { kind: 'checkpoint', position, auditId: null, message };
}
