import { createHash, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { identityProviders, providerAttempts } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { hashToken, randomToken } from '@/lib/session/secret-hash';
import { open, seal } from '@/lib/vault/seal';

const VERIFIER = { table: 'provider_attempts', column: 'code_verifier' } as const;

export interface NewProviderAttempt {
  identityProviderId: string;
  /** Value of the browser's attempt cookie. */
  browser: string;
  /** Who links this identity or proves anew who they are; null: whoever signs in. */
  person: PersonContext | null;
  /** Id of the invitation whose link was opened in this browser. */
  invitationId: string | null;
  /** '' means: no path was asked for. */
  callbackPath: string;
  fresh: boolean;
}

/** Stores one attempt: one use, one browser, one provider, ten minutes. The verifier stays sealed in the row. */
export async function createProviderAttempt(
  tx: Tx,
  input: NewProviderAttempt,
): Promise<{ state: string; nonce: string; codeChallenge: string }> {
  const id = randomUUID();
  const [state, nonce, codeVerifier] = [randomToken(), randomToken(), randomToken()];
  await tx.insert(providerAttempts).values({
    id,
    stateHash: hashToken(state),
    browserHash: hashToken(input.browser),
    identityProviderId: input.identityProviderId,
    personId: input.person?.personId ?? null,
    sessionId: input.person?.sessionId ?? null,
    invitationId: input.invitationId,
    codeVerifier: await seal(codeVerifier, { ...VERIFIER, rowId: id }),
    nonce,
    callbackPath: input.callbackPath,
    fresh: input.fresh,
    expiresAt: sql`orgdock.now() + interval '10 minutes'`,
  });
  // RFC 7636 §4.2, S256.
  return { state, nonce, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') };
}

type AttemptRow = typeof providerAttempts.$inferSelect;
type ProviderRow = typeof identityProviders.$inferSelect;

/** An attempt that has been used up. Its verifier is still sealed. */
export interface ConsumedProviderAttempt extends Omit<AttemptRow, 'stateHash' | 'codeVerifier'> {
  sealedVerifier: string;
  /** As it is now; the attempt began with what it was at `createdAt`. */
  provider: ProviderRow;
  expired: boolean;
}

/** Uses an attempt up. Null when no attempt at a provider has this state: made up, used before, or of Salesforce. */
export async function consumeProviderAttempt(tx: Tx, state: string): Promise<ConsumedProviderAttempt | null> {
  const [row] = await tx
    .delete(providerAttempts)
    .where(eq(providerAttempts.stateHash, hashToken(state)))
    .returning();
  if (!row) return null;
  const [found] = await tx
    .select({ provider: identityProviders, now: sql`orgdock.now()`.mapWith(providerAttempts.expiresAt) })
    .from(identityProviders)
    .where(eq(identityProviders.id, row.identityProviderId));
  if (!found) return null;
  const { stateHash: _, codeVerifier: sealedVerifier, ...attempt } = row;
  return { ...attempt, sealedVerifier, provider: found.provider, expired: row.expiresAt <= found.now };
}

/** The PKCE verifier of an attempt. Apart from using it up: a vault error must not bring the row back. */
export function openProviderVerifier({ id, sealedVerifier }: ConsumedProviderAttempt): Promise<string> {
  return open(sealedVerifier, { ...VERIFIER, rowId: id });
}
