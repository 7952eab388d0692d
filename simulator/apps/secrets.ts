import { randomBytes } from 'node:crypto';
import { stagedPairOf } from '@/simulator/apps/lookup';
import { makeId } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import type { SimApp, SimUser, StagedPair } from '@/simulator/types';

/** A consumer secret in the form of Salesforce's: 64 hexadecimal digits. */
export function newConsumerSecret(): string {
  return randomBytes(32).toString('hex').toUpperCase();
}

/** A consumer key in the form of Salesforce's. */
export function newConsumerKey(): string {
  return `3MVG9${randomBytes(60).toString('base64url').replaceAll('-', '.')}`;
}

/** The secrets that authenticate the app under this key now: of the main pair, of the second, or of both. */
export function secretsOf(app: SimApp, key: string | null, now: number): string[] {
  const staged = stagedPairOf(app, now);
  const pairs = [{ key: app.clientId, secret: app.clientSecret }, ...(staged ? [staged] : [])];
  return pairs.filter((pair) => pair.key === key).map(({ secret }) => secret);
}

/** A new second pair, which works beside the main one at once. */
export function stagePair(state: OrgState, app: SimApp, user: SimUser): StagedPair {
  const key = state.org.appSettings.stagesNewKey ? newConsumerKey() : app.clientId;
  app.staged = pairOf(state, {
    key,
    secret: newConsumerSecret(),
    state: 'Active',
    createdById: user.id,
  });
  return app.staged;
}

/**
 * Makes a pair the app's main one. As the org is set, the old one stays valid for 30 days as the second pair, or dies
 * at once together with every token of the app. Grants belong to the app, whichever key they came by.
 */
export function rotatePair(
  state: OrgState,
  app: SimApp,
  { key, secret }: Pick<StagedPair, 'key' | 'secret'>,
  byId: string,
): void {
  const old = { key: app.clientId, secret: app.clientSecret };
  app.clientId = key;
  app.clientSecret = secret;
  app.changedAt = state.clock.now();
  state.renameClient(old.key, key);
  if (state.org.appSettings.secretRotation === 'keeps_old') {
    app.staged = pairOf(state, { ...old, state: 'Rotated', createdById: byId });
    return;
  }
  app.staged = null;
  for (const grant of state.grants.list()) {
    if (grant.ended || grant.clientId !== app.clientId) continue;
    state.grants.end(grant, 'secret_rotated');
    state.forgetApprovalWithoutGrant(grant.userId, grant.clientId);
  }
}

function pairOf({ org, clock }: OrgState, pair: Omit<StagedPair, 'id' | 'createdAt'>): StagedPair {
  // Any number will do that no other pair has: its identifier is opaque.
  const id = makeId('0xJ', org.orgId.slice(3, 6), randomBytes(5).readUIntBE(0, 5));
  return { ...pair, id, createdAt: clock.now() };
}
