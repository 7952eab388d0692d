import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { finishRevocation } from '@/lib/connections/revocation/revoke';
import type { RevocationResult } from '@/lib/connections/revocation/revoke-and-verify';
import { finishStray } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { log } from '@/lib/log';
import { holdStop, registry } from '@/lib/registry';

/** One grant that is to be revoked. */
export interface OpenRevocation {
  kind: 'connection' | 'stray';
  id: string;
}

interface Work {
  why: string;
  trigger: 'disconnect' | 'retry' | 'everything';
  /** Hears of each one; null: somebody else is at it, or nothing may or need be sent. */
  onEnd?: (one: OpenRevocation, result: RevocationResult | null) => void;
}

/**
 * Revokes grants that are marked or queued, a few at a time. One that fails does not stop the others; what a stop of
 * the process leaves over is the sweep's. Never throws.
 */
export async function workThrough(open: readonly OpenRevocation[], work: Work): Promise<void> {
  const rest = open.values();
  const worker = async () => {
    for (const one of rest) {
      if (registry().draining) return;
      const result = await finish(one, work).catch((err: unknown) => {
        log().error({ err, ...one }, 'a revocation could not be begun');
        return null;
      });
      work.onEnd?.(one, result);
    }
  };
  const workers = Math.min(open.length, revocationPolicy().concurrency);
  await holdStop(Promise.all(Array.from({ length: workers }, worker)));
}

function finish({ kind, id }: OpenRevocation, { why, trigger }: Work): Promise<RevocationResult | null> {
  if (kind === 'connection') return finishRevocation(id, why, trigger);
  return finishStray(id, trigger === 'everything' ? 'everything' : 'retry');
}
