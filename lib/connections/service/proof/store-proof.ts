import { randomUUID } from 'node:crypto';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections } from '@/db/schema/connections';
import { findFreeAlias } from '@/lib/connections/alias/find-free-alias';
import { revokingApp } from '@/lib/connections/app-change';
import { noProblem } from '@/lib/connections/problem';
import { type ServiceCredentials, storeCredentials } from '@/lib/connections/service/credentials';
import { giveBack, type UnwantedAccess } from '@/lib/connections/service/proof/give-back';
import { giveBackProof, type ServiceProof } from '@/lib/connections/service/proof/prove';
import type { PersonContext } from '@/lib/context';
import { holdToExpectedOrg, proposeOrg } from '@/lib/environments/expected-org';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { open, seal } from '@/lib/vault/seal';

export type ServiceRow = typeof connections.$inferSelect;

/** What a transaction stores of a proof, and what it has to say about it. */
interface Storing {
  proof: ServiceProof;
  credentials: ServiceCredentials;
  /** Finds or makes the row, in the transaction; null: it is a new one. */
  before: (tx: Tx) => Promise<ServiceRow | null>;
  name: (before: ServiceRow | null) => string;
  audit: (tx: Tx, row: ServiceRow, before: ServiceRow | null) => Promise<void>;
}

/**
 * Stores a service connection that has proved itself, in one transaction with its audit row. A refusal (another org,
 * another user, a name that is taken) gives the new token back; the token before is revoked after the commit.
 */
export async function storeProof(ctx: PersonContext, storing: Storing): Promise<string> {
  const { proof } = storing;
  const { orgId } = proof.answer;
  const org = { id: orgId, name: proof.org.name };
  try {
    const stored = await withSystem('service connection', (tx) => store(tx, ctx, storing, org));
    if (stored.superseded) await giveBack(stored.superseded, 'superseded by a new token');
    return stored.id;
  } catch (error) {
    await giveBackProof(proof, 'refused after its first token');
    if (!(error instanceof AppError && error.code === 'CONSENT_WRONG_ORG')) throw error;
    await withSystem('service connection', (tx) => proposeOrg(tx, proof.environmentId, org));
    throw wrongOrg(error);
  }
}

async function store(
  tx: Tx,
  ctx: PersonContext,
  storing: Storing,
  org: { id: string; name: string | null },
): Promise<{ id: string; superseded: UnwantedAccess | null }> {
  const { proof, credentials } = storing;
  const { environmentId } = proof;
  // Locks the environment first, so that two connections cannot take one name.
  await holdToExpectedOrg(tx, ctx, { environmentId, org, mayPin: true });
  const before = await storing.before(tx);
  const name = storing.name(before);
  await assertNameIsFree(tx, { environmentId, name, except: before?.id ?? null });
  const superseded = before ? await readSuperseded(tx, proof, before) : null;
  const id = before?.id ?? randomUUID();
  const named = { id, environmentId, name, username: proof.user.username };
  const alias = before?.alias ?? (await findFreeAlias(tx, named));
  const columns = { ...columnsOf(proof), name, alias, flow: credentials.flow };
  const [row] = before
    ? await tx
        .update(connections)
        .set({ ...columns, generation: sql`${connections.generation} + 1` })
        .where(eq(connections.id, before.id))
        .returning()
    : await tx
        .insert(connections)
        .values({ ...columns, id, environmentId, ownerId: null })
        .returning();
  if (!row) throw new Error('The service connection was not stored.');
  await storeAccessToken(tx, row.id, proof.answer.accessToken);
  await storeCredentials(tx, row.id, credentials);
  await storing.audit(tx, row, before);
  return { id: row.id, superseded };
}

/** Throws CONFLICT when another service connection of the environment has the name. Needs the environment's lock. */
export async function assertNameIsFree(
  tx: Tx,
  wanted: { environmentId: string; name: string; except: string | null },
): Promise<void> {
  const same = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, wanted.environmentId),
        isNull(connections.ownerId),
        isNull(connections.disconnectedAt),
        eq(connections.name, wanted.name),
        wanted.except === null ? undefined : ne(connections.id, wanted.except),
      ),
    );
  if (same.length === 0) return;
  throw new AppError('INVALID_INPUT', `There is a service connection named ${wanted.name} already.`, {
    details: { name: 'Another service connection of this environment has this name.' },
    nextStep: 'Choose another name.',
  });
}

function columnsOf({ app, grantId, answer, user, org }: ServiceProof) {
  return {
    ...noProblem,
    orgId: answer.orgId,
    orgName: org.name,
    defaultCurrency: org.defaultCurrency,
    salesforceUserId: answer.userId,
    username: user.username,
    userDisplayName: user.displayName,
    locale: user.locale,
    timeZone: user.timeZone,
    instanceUrl: answer.instanceUrl,
    tokenHost: app.tokenHost,
    clientId: app.clientId,
    scopes: answer.scopes,
    grantId,
    state: 'idle' as const,
    leaseOwner: null,
    leaseUntil: null,
    uncertainSince: null,
    verifyFirst: null,
    retrievedAt: databaseNow,
    consentedAt: databaseNow,
  };
}

async function storeAccessToken(tx: Tx, connectionId: string, token: string): Promise<void> {
  const place = { table: 'connection_secrets', column: 'access_token', rowId: connectionId } as const;
  const accessToken = await seal(token, place);
  await tx
    .insert(connectionSecrets)
    .values({ connectionId, accessToken, refreshToken: null })
    .onConflictDoUpdate({
      target: connectionSecrets.connectionId,
      set: { accessToken, refreshToken: null },
    });
}

/** The access token that the row held until now, with the app that it belongs to. */
export async function readSuperseded(
  tx: Tx,
  { app }: Pick<ServiceProof, 'app'>,
  row: ServiceRow,
): Promise<UnwantedAccess | null> {
  const [sealed] = await tx
    .select({ accessToken: connectionSecrets.accessToken })
    .from(connectionSecrets)
    .where(eq(connectionSecrets.connectionId, row.id));
  if (!sealed) return null;
  const { id: connectionId, grantId, generation, environmentId, orgId, salesforceUserId: userId } = row;
  const place = { table: 'connection_secrets', column: 'access_token', rowId: connectionId } as const;
  try {
    const accessToken = await open(sealed.accessToken, place);
    const of = { connectionId, grantId, generation, environmentId, orgId, userId };
    return { ...of, app: revokingApp(app, row), accessToken };
  } catch (err) {
    log().error({ err, connectionId }, 'an access token could not be opened, so it is not revoked');
    return null;
  }
}

function wrongOrg({ details }: AppError): AppError {
  const { expectedOrgId = '', expectedOrgName, actualOrgId = '', actualOrgName } = details;
  const say = (name: string | undefined, id: string) => (name ? `${name} (${id})` : id);
  return new AppError(
    'CONSENT_WRONG_ORG',
    `The environment is held to the org ${say(expectedOrgName, expectedOrgId)}, but ${say(actualOrgName, actualOrgId)} answered.`,
    {
      nextStep:
        'Check address and consumer key of the environment. If the org was replaced, accept the new one under “Expected org” first.',
      details,
    },
  );
}
