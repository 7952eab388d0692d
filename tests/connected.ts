import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { auditLog, connectionSecrets, connections, refreshAttempts } from '@/db/schema';
import { type Claim, claimRefresh, type GrantVersion } from '@/lib/connections/refresh/claim';
import type { Clocks } from '@/lib/connections/refresh/clock';
import { type RefreshPolicy, refreshPolicy } from '@/lib/connections/refresh/policy';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';
import type { TokenSource } from '@/lib/salesforce/types';
import { open, seal } from '@/lib/vault/seal';
import {
  type ConnectionRow,
  type EnvironmentRow,
  makeConnection,
  makeContext,
  makeEnvironment,
} from './factories';
import { ORG_ID, type TokenEndpoint, USER_ID } from './token-endpoint';

export interface Connected {
  ctx: PersonContext;
  environment: EnvironmentRow;
  connection: ConnectionRow;
  source: TokenSource;
}

/** An environment whose app the endpoint knows. */
export async function makeAppEnvironment(endpoint: TokenEndpoint): Promise<EnvironmentRow> {
  const id = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  return await makeEnvironment({
    id,
    origin: endpoint.origin,
    clientId: endpoint.clientId,
    sealedConsumerSecret: await seal(endpoint.clientSecret, place),
  });
}

/** A person with one healthy connection whose grant the endpoint knows. */
export async function makeConnected(
  endpoint: TokenEndpoint,
  within: { ctx?: PersonContext; environment?: EnvironmentRow } = {},
): Promise<Connected> {
  const ctx = within.ctx ?? (await makeContext());
  const environment = within.environment ?? (await makeAppEnvironment(endpoint));
  const { accessToken, refreshToken } = endpoint.consent();
  const id = randomUUID();
  const place = { table: 'connection_secrets', rowId: id } as const;
  const connection = await makeConnection(
    { ownerId: ctx.personId, environmentId: environment.id },
    {
      id,
      orgId: ORG_ID,
      salesforceUserId: USER_ID,
      instanceUrl: endpoint.origin,
      tokenHost: endpoint.origin,
      sealedTokens: {
        accessToken: await seal(accessToken, { ...place, column: 'access_token' }),
        refreshToken: await seal(refreshToken, { ...place, column: 'refresh_token' }),
      },
    },
  );
  return { ctx, environment, connection, source: tokenSource({ id: connection.id }) };
}

/** A data call as the client of Salesforce's data services makes it: on a 401 one renewal and one more try. */
export async function callThrough(endpoint: TokenEndpoint, source: TokenSource): Promise<boolean> {
  let grant = await source.current();
  if (!endpoint.accepts(grant.accessToken)) grant = await source.renew(grant.generation);
  return endpoint.accepts(grant.accessToken);
}

/** The row, its refresh token (null: deleted) and what was written about it. */
export async function readStored(connectionId: string) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readOnce(connectionId);
    } catch (error) {
      // A test that cuts connections may still have the cut on its way.
      if (tries === 5 || !(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error;
    }
  }
}

async function readOnce(connectionId: string) {
  return await withSystem('test', async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.id, connectionId));
    const [secret] = await tx
      .select()
      .from(connectionSecrets)
      .where(eq(connectionSecrets.connectionId, connectionId));
    const attempts = await tx
      .select()
      .from(refreshAttempts)
      .where(eq(refreshAttempts.connectionId, connectionId))
      .orderBy(refreshAttempts.claimedAt);
    const audit = await tx
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, connectionId))
      .orderBy(auditLog.id);
    if (!row) throw new Error('no such connection');
    const place = { table: 'connection_secrets', column: 'refresh_token', rowId: connectionId } as const;
    return {
      row,
      refreshToken: secret?.refreshToken ? await open(secret.refreshToken, place) : null,
      attempts,
      audit,
    };
  });
}

/** Replaces durations for the tests of this file; the rest stays as in production. */
export function setPolicy(changes: Partial<RefreshPolicy>): void {
  registry().slots.set('connections.policy', { ...refreshPolicy(), ...changes });
}

/** Makes every caller its own process, as far as the single flight goes: none is ever joined. */
export function withoutSingleFlight(): void {
  const forgetful = new Map();
  forgetful.set = () => forgetful;
  registry().slots.set('connections.flights', forgetful);
}

/** A claim as the renewal of an expired access token takes it. */
export function claim(version: GrantVersion): Promise<Claim | null> {
  return claimRefresh(version, { trigger: 'expired', seen: version.generation });
}

/** Waits for everything that a stop would wait for. */
export async function settled(): Promise<void> {
  while (registry().unfinished.size > 0) await Promise.all(registry().unfinished);
}

/** Forgets what a process keeps in memory, as another process would know nothing of it. */
export function forgetMemory(): void {
  for (const slot of ['flights', 'pauses', 'clocks', 'watermarks', 'heartbeat', 'accessTokens', 'bootId'])
    registry().slots.delete(`connections.${slot}`);
  registry().draining = false;
}

/** Clocks on which every pause is `pause`; deadlines of callers and renewals of leases never come. */
export function clocksThatPause(pause: () => Promise<unknown>): Clocks {
  return {
    monotonic: () => performance.now(),
    wall: () => Date.now(),
    sleep: (_, { ref = true } = {}) => (ref ? pause() : new Promise(() => undefined)),
  };
}
