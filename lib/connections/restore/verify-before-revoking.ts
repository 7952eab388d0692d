import type { RestoreReason } from '@/lib/connections/restore/mark-restored';
import type { RevocationResult } from '@/lib/connections/revocation/revoke-and-verify';
import { askWhetherActive } from '@/lib/connections/settle/ask-whether-active';
import { toProblem } from '@/lib/errors';
import { makeFault } from '@/lib/salesforce/fault';
import type { OAuthApp } from '@/lib/salesforce/types';

/** A revocation that is about to be sent. */
interface Revoking {
  environmentId: string;
  app: OAuthApp;
  verifyFirst: RestoreReason | null;
}

const unsent = { sent: false, confirmed: false, proof: null, introspected: null } as const;

const SPENT = makeFault({
  error: 'not_sent',
  description: 'the database was restored from a backup, so the refresh token may be a spent one',
  status: null,
});

/**
 * Asks about the refresh token of a restored database before it is revoked: it may have been spent since the backup,
 * and a spent one is not sent. Null: it may be; else what the revocation comes to. Never throws.
 */
export async function verifyBeforeRevoking(
  revoking: Revoking,
  openToken: () => Promise<string>,
): Promise<RevocationResult | null> {
  if (revoking.verifyFirst === null) return null;
  try {
    return await verify(revoking, await openToken());
  } catch (error) {
    return unsentFor(error);
  }
}

async function verify(revoking: Revoking, token: string): Promise<RevocationResult | null> {
  const standing = await askWhetherActive(revoking, token);
  switch (standing.kind) {
    case 'active':
      return null;
    case 'inactive':
      return { ...unsent, mayBeSpent: true, introspected: 'inactive', fault: SPENT };
    case 'unavailable':
      return unsentFor(standing.error);
    case 'impossible':
      // As before a refresh: an old heartbeat alone is no proof.
      if (standing.policy === 'one_try' || revoking.verifyFirst === 'heartbeat') return null;
      return { ...unsent, mayBeSpent: true, fault: SPENT };
  }
}

function unsentFor(error: unknown): RevocationResult {
  const { code, message } = toProblem(error);
  return { ...unsent, fault: makeFault({ error: code, description: message, status: null }) };
}
