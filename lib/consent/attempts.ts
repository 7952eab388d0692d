import { createHash, randomUUID } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { consentAttempts, consentFailures, environments, providerAttempts } from '@/db/schema';
import type { GrantPurpose } from '@/lib/connections/types';
import type { ConsentIntent } from '@/lib/consent/types';
import { keepUnanswered } from '@/lib/consent/unanswered/keep';
import type { PersonContext } from '@/lib/context';
import { summaryColumns } from '@/lib/environments/queries';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { processWide } from '@/lib/registry';
import type { OAuthApp } from '@/lib/salesforce/types';
import { hashToken, randomToken } from '@/lib/session/secret-hash';
import { open, seal } from '@/lib/vault/seal';

const VERIFIER = { table: 'consent_attempts', column: 'code_verifier' } as const;

export interface NewAttempt {
  environmentId: string;
  /** The app that the person is sent to. */
  app: Pick<OAuthApp, 'tokenHost' | 'clientId'>;
  intent: ConsentIntent;
  /** Value of the browser's attempt cookie. */
  browser: string;
  /** Who is signed in in this browser, if anybody. */
  person: PersonContext | null;
  /** Id of the connection that is renewed. */
  reconnects: string | null;
  /** Left out: to read records. */
  purpose?: GrantPurpose;
  /** Id of the invitation whose link was opened in this browser. */
  invitationId: string | null;
  /** Id of the connect link that the consent is for: nobody of the portal connects. */
  connectLinkId?: string;
  /** '' means: no path was asked for. */
  callbackPath: string;
  fresh: boolean;
}

/** What the authorize URL needs. The verifier stays sealed in the row. */
export interface StartedAttempt {
  state: string;
  codeChallenge: string;
  nonce: string;
}

/** Stores one attempt: one use, one browser, one environment, ten minutes. */
export async function createAttempt(tx: Tx, input: NewAttempt): Promise<StartedAttempt> {
  const id = randomUUID();
  const [state, nonce, codeVerifier] = [randomToken(), randomToken(), randomToken()];
  await tx.insert(consentAttempts).values({
    id,
    stateHash: hashToken(state),
    browserHash: hashToken(input.browser),
    environmentId: input.environmentId,
    tokenHost: input.app.tokenHost,
    clientId: input.app.clientId,
    intent: input.intent,
    personId: input.person?.personId ?? null,
    sessionId: input.person?.sessionId ?? null,
    reconnects: input.reconnects,
    purpose: input.purpose ?? 'runtime',
    invitationId: input.invitationId,
    connectLinkId: input.connectLinkId ?? null,
    codeVerifier: await seal(codeVerifier, { ...VERIFIER, rowId: id }),
    nonce,
    callbackPath: input.callbackPath,
    fresh: input.fresh,
    expiresAt: sql`orgdock.now() + interval '10 minutes'`,
  });
  // RFC 7636 §4.2, S256.
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  return { state, codeChallenge, nonce };
}

type AttemptRow = typeof consentAttempts.$inferSelect;

/** An attempt that has been used up. Its verifier is still sealed. */
export interface ConsumedAttempt extends Omit<AttemptRow, 'stateHash' | 'codeVerifier'> {
  sealedVerifier: string;
  environment: EnvironmentSummary;
  expired: boolean;
}

/** Uses an attempt up. Null when no attempt has this state: made up, or used before. */
export async function consumeAttempt(tx: Tx, state: string): Promise<ConsumedAttempt | null> {
  const [row] = await tx
    .delete(consentAttempts)
    .where(eq(consentAttempts.stateHash, hashToken(state)))
    .returning();
  if (!row) return null;
  const [environment] = await tx
    .select({ ...summaryColumns, now: sql`orgdock.now()`.mapWith(consentAttempts.expiresAt) })
    .from(environments)
    .where(eq(environments.id, row.environmentId));
  if (!environment) return null;
  const { now, ...summary } = environment;
  const { stateHash: _, codeVerifier: sealedVerifier, ...attempt } = row;
  return { ...attempt, sealedVerifier, environment: summary, expired: row.expiresAt <= now };
}

/** The PKCE verifier of an attempt. Apart from using it up: a vault error must not bring the row back. */
export function openVerifier({ id, sealedVerifier }: ConsumedAttempt): Promise<string> {
  return open(sealedVerifier, { ...VERIFIER, rowId: id });
}

const SWEEP_EVERY_MS = 60_000;

/**
 * Forgets attempts that are long over and failures of last week; at most once a minute in a process, as anybody may
 * begin a consent. Exempt from audit: no act of anybody.
 */
export async function forgetOldAttempts(tx: Tx): Promise<void> {
  const last = processWide('consent.sweep', () => ({ at: Number.NEGATIVE_INFINITY }));
  if (performance.now() - last.at < SWEEP_EVERY_MS) return;
  last.at = performance.now();
  await keepUnanswered(tx);
  await tx
    .delete(providerAttempts)
    .where(lt(providerAttempts.expiresAt, sql`orgdock.now() - interval '1 hour'`));
  await tx
    .delete(consentFailures)
    .where(lt(consentFailures.createdAt, sql`orgdock.now() - interval '7 days'`));
}

/** Removes an attempt of this person. Returns whether there was one. */
export async function deleteOwnAttempt(tx: Tx, id: string, personId: string): Promise<boolean> {
  const rows = await tx
    .delete(consentAttempts)
    .where(and(sql`${consentAttempts.id}::text = ${id}`, eq(consentAttempts.personId, personId)))
    .returning({ id: consentAttempts.id });
  return rows.length === 1;
}
