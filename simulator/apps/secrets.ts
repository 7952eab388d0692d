import { randomBytes } from 'node:crypto';
import { makeId } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import type { SimApp, SimUser, StagedPair } from '@/simulator/types';

/** "Staged credentials are valid for 30 days unless they're deleted before then" (App Oauth Staged Credentials). */
export const STAGED_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** A consumer secret in the form of Salesforce's: 64 hexadecimal digits. */
export function newConsumerSecret(): string {
  return randomBytes(32).toString('hex').toUpperCase();
}

/** The second pair, or null when there is none or its 30 days are over. */
export function stagedPairOf(app: SimApp, now: number): StagedPair | null {
  const { staged } = app;
  return staged && now - staged.createdAt <= STAGED_LIFETIME_MS ? staged : null;
}

/** The secrets that authenticate the app now: that of the main pair, and that of the second. */
export function secretsOf(app: SimApp, now: number): string[] {
  const staged = stagedPairOf(app, now);
  return staged ? [app.clientSecret, staged.secret] : [app.clientSecret];
}

/** A new second pair, which works beside the main one at once. The key stays. */
export function stagePair(state: OrgState, app: SimApp, user: SimUser): StagedPair {
  const secret = newConsumerSecret();
  app.staged = pairOf(state, { secret, state: 'Active', createdById: user.id });
  return app.staged;
}

/**
 * Makes a secret the app's main one. As the org is set, the old one stays valid for 30 days as the second pair, or
 * dies at once together with every token of the app.
 */
export function rotateSecret(state: OrgState, app: SimApp, secret: string, byId: string): void {
  const old = app.clientSecret;
  app.clientSecret = secret;
  app.changedAt = state.clock.now();
  if (state.org.appSettings.secretRotation === 'keeps_old') {
    app.staged = pairOf(state, { secret: old, state: 'Rotated', createdById: byId });
    return;
  }
  app.staged = null;
  for (const grant of state.grants.list()) {
    if (grant.ended || grant.clientId !== app.clientId) continue;
    state.grants.end(grant, 'secret_rotated');
    state.forgetApprovalWithoutGrant(grant.userId, grant.clientId);
  }
}

function pairOf(
  { org, clock }: OrgState,
  pair: Pick<StagedPair, 'secret' | 'state' | 'createdById'>,
): StagedPair {
  // Any number will do that no other pair has: its identifier is opaque.
  const id = makeId('0xJ', org.orgId.slice(3, 6), randomBytes(5).readUIntBE(0, 5));
  return { ...pair, id, createdAt: clock.now() };
}
