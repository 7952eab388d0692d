import { and, asc, eq, exists, gt, isNull, ne, or, type Placeholder, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { connectionShares, connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { singleRead } from '@/db/single-read';
import { appChanged, appChangedCause, appChangedError } from '@/lib/connections/app-change';
import { healthOf, problemOf, problemOfError } from '@/lib/connections/problem';
import { forReading, isForReading } from '@/lib/connections/purpose/for-reading';
import { refusalOf } from '@/lib/connections/purpose/refusal-of';
import { leaseIsLive } from '@/lib/connections/refresh/lease';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { serviceCondition } from '@/lib/connections/service/words/service-condition';
import type {
  AuthorisedConnection,
  ConnectionDetail,
  ConnectionProblem,
  ConnectionSummary,
  Health,
  ReadableConnection,
  Settling,
} from '@/lib/connections/types';
import type { ConnectionId, PersonContext, Role } from '@/lib/context';
import { environmentDeleted } from '@/lib/environments/deleted';
import { summaryColumns } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { recordsNotForAuditors } from '@/lib/people/access/refusals';
import { usableBy } from '@/lib/people/access/usable-by';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a connection's id. */
export function isConnectionId(id: string): boolean {
  return UUID.test(id);
}

/** How long a connection that ended with its environment is still listed, so that its owner hears of it. */
const DELETED_IS_NEWS = sql`interval '30 days'`;

/**
 * The person's own connections and the service connections shared with them, by environment. One whose end is
 * settled is not listed any more; one that ended with its environment is for a month. Set-up access is left out.
 */
export async function listConnections(ctx: PersonContext): Promise<ConnectionSummary[]> {
  const rows = await withActor(ctx, (tx) =>
    selectDetail(tx)
      .where(
        and(
          forReading,
          listedFor(tx, ctx),
          or(
            ne(connections.state, 'disconnected'),
            eq(connections.revocation, 'unconfirmed'),
            and(endedWithEnvironment, gt(environments.deletedAt, sql`orgdock.now() - ${DELETED_IS_NEWS}`)),
          ),
        ),
      )
      .orderBy(asc(environments.rank), asc(environments.name), asc(connections.createdAt)),
  );
  return rows.map(toSummary);
}

/**
 * A connection whose facts the person may see, whatever its state: an own one, or a service connection shared with
 * them. Null for another person's and for a made-up id.
 */
export async function getConnection(ctx: PersonContext, id: string): Promise<AuthorisedConnection | null> {
  return (await findConnection(ctx, id))?.connection ?? null;
}

/** A connection as it was found a moment ago, and whether its environment's records were open to the person then. */
export interface FoundConnection {
  connection: AuthorisedConnection;
  usable: boolean;
}

/**
 * A connection whose records the person may read: as `requireConnection`, it was given for that, and they may use its
 * environment still. Throws NOT_FOUND, RECORDS_NOT_FOR_AUDITORS, ENVIRONMENT_DISABLED, ENVIRONMENT_NOT_OPEN.
 */
export async function requireReadable(ctx: PersonContext, id: string): Promise<ReadableConnection> {
  const found = await findConnection(ctx, id);
  if (!found) throw notFound();
  return await assertReadable(ctx, found);
}

/** As `requireReadable`, for a connection that `findConnection` gave. */
export async function assertReadable(
  ctx: PersonContext,
  { connection, usable }: FoundConnection,
): Promise<ReadableConnection> {
  if (!isForReading(connection)) throw notFound();
  const refusal = await refusalOf(ctx, { ...connection.environment, usable });
  if (refusal) throw refusal;
  return connection as ReadableConnection;
}

/** Why the person may not read records of this connection; null: they may. */
export async function findRefusal(
  ctx: PersonContext,
  connection: AuthorisedConnection,
): Promise<AppError | null> {
  if (ctx.role === 'auditor') return recordsNotForAuditors();
  const { id } = connection.environment;
  const [environment] = await withActor(ctx, (tx) =>
    tx
      .select({ name: environments.name, status: environments.status, usable: usableBy(ctx) })
      .from(environments)
      .where(eq(environments.id, id)),
  );
  return await refusalOf(ctx, { id, name: '', status: null, usable: false, ...environment });
}

/**
 * As `getConnection`, with what `assertReadable` needs. The one place that mints the id: the row was found among the
 * person's own and those shared with them.
 */
export async function findConnection(ctx: PersonContext, id: string): Promise<FoundConnection | null> {
  if (!UUID.test(id)) return null;
  const { personId, role } = ctx;
  const [row] = await withActor(ctx, readConnection[role]({ id, personId }));
  if (!row) return null;
  const connection = toDetail(row);
  return { connection: { ...connection, id: connection.id as ConnectionId }, usable: row.usable };
}

/** As `getConnection`, but throws NOT_FOUND. */
export async function requireConnection(ctx: PersonContext, id: string): Promise<AuthorisedConnection> {
  const connection = await getConnection(ctx, id);
  if (connection) return connection;
  throw notFound();
}

/** For what changes a connection: an own one only, never a service connection. Throws NOT_FOUND. */
export async function requireOwnConnection(ctx: PersonContext, id: string): Promise<AuthorisedConnection> {
  const connection = await requireConnection(ctx, id);
  if (connection.service === null) return connection;
  throw notFound();
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such connection.');
}

/** SQL: one's own, or a service connection shared with everyone or with this person, in an environment that they may use. */
function listedFor(tx: Tx, person: { personId: string | Placeholder; role: Role }) {
  const { personId } = person;
  const share = tx
    .select({ one: sql`1` })
    .from(connectionShares)
    .where(and(eq(connectionShares.connectionId, connections.id), eq(connectionShares.personId, personId)));
  return or(
    eq(connections.ownerId, personId),
    and(isNull(connections.ownerId), usableBy(person), or(connections.sharedWithEveryone, exists(share))),
  );
}

/** SQL: the environment's deletion is what disconnected it. */
const endedWithEnvironment = sql<boolean>`coalesce(${connections.disconnectedAt} >= ${environments.deletedAt}, false)`;

const detailColumns = {
  connection: connections,
  environment: summaryColumns,
  apiVersion: environments.apiVersion,
  headerPrefix: environments.headerPrefix,
  queryTimeoutSeconds: environments.queryTimeoutSeconds,
  leaseIsLive,
  appChanged,
  appChangedAt: environments.appChangedAt,
  allowPasswordFlow: environments.allowPasswordFlow,
  endedWithEnvironment,
  deletedAt: environments.deletedAt,
  introspection: environments.introspection,
  uncertainPolicy: environments.uncertainPolicy,
};

/** Connections with what their DTOs need; the caller says which. */
export function selectDetail(tx: Tx) {
  return tx
    .select(detailColumns)
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .$dynamic();
}

const readConnectionAs = (role: Role) =>
  singleRead((tx) => {
    const person = { personId: sql.placeholder('personId'), role };
    return tx
      .select({ ...detailColumns, usable: usableBy(person) })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(and(eq(connections.id, sql.placeholder('id')), listedFor(tx, person)));
  });

/** By the role of who asks: what it may use is part of the statement. */
const readConnection = {
  member: readConnectionAs('member'),
  admin: readConnectionAs('admin'),
  auditor: readConnectionAs('auditor'),
} satisfies Record<Role, unknown>;

type DetailRow = Awaited<ReturnType<typeof selectDetail>>[number];

function toSummary(row: DetailRow): ConnectionSummary {
  const { connection, environment } = row;
  return {
    id: connection.id,
    alias: connection.alias,
    environment,
    orgId: connection.orgId,
    orgName: connection.orgName,
    username: connection.username,
    userDisplayName: connection.userDisplayName,
    service: serviceOf(row),
    purpose: connection.purpose,
    ...(connection.ownerId === null ? serviceCondition(row, conditionOf(row)) : conditionOf(row)),
    lastUsedAt: connection.lastUsedAt?.toISOString() ?? null,
    createdAt: connection.createdAt.toISOString(),
  };
}

function serviceOf({ connection: { ownerId, name, flow } }: DetailRow): ConnectionSummary['service'] {
  return ownerId === null && flow !== 'authorization_code' ? { name: name ?? '', flow } : null;
}

/** A grant that waits to be refreshed under an app that is gone needs a new consent, whatever else was noted. */
function conditionOf(row: DetailRow): { health: Health; problem: ConnectionProblem | null } {
  const { connection } = row;
  if (connection.state === 'idle' && row.appChanged) {
    const at = row.appChangedAt;
    return {
      health: 'needs_reconnect',
      problem: problemOfError(appChangedError(at), at, appChangedCause(at)),
    };
  }
  const health = healthOf({ ...connection, leaseIsLive: row.leaseIsLive });
  const problem = problemOf(problemColumnsOf(row));
  if (!row.endedWithEnvironment || row.deletedAt === null) return { health, problem };
  const deleted = problemOfError(environmentDeleted(row.environment.name), row.deletedAt);
  return { health, problem: { ...deleted, salesforce: problem?.salesforce ?? null } };
}

/** A row of `selectDetail` as pages get it. */
export function toDetail(row: DetailRow): ConnectionDetail {
  const { connection } = row;
  return {
    ...toSummary(row),
    salesforceUserId: connection.salesforceUserId,
    instanceUrl: connection.instanceUrl,
    tokenHost: connection.tokenHost,
    scopes: connection.scopes,
    generation: connection.generation,
    retrievedAt: connection.retrievedAt.toISOString(),
    consentedAt: connection.consentedAt.toISOString(),
    lastUsedByOwner: connection.lastUsedBy !== null && connection.lastUsedBy === connection.ownerId,
    settling: settlingOf(row),
    revocation: isAbandoned(row) ? 'unconfirmed' : connection.revocation,
    revocationNextAt: nextTryOf(connection)?.toISOString() ?? null,
    disconnectedAt: connection.disconnectedAt?.toISOString() ?? null,
    locale: connection.locale,
    timeZone: connection.timeZone,
    defaultCurrency: connection.defaultCurrency,
    apiVersion: row.apiVersion,
    headerPrefix: row.headerPrefix,
    queryTimeoutSeconds: row.queryTimeoutSeconds,
  };
}

function settlingOf(row: DetailRow): Settling | null {
  const { connection, leaseIsLive, introspection, uncertainPolicy } = row;
  if (healthOf({ ...connection, leaseIsLive }) !== 'unknown') return null;
  const since = connection.uncertainSince;
  return {
    since: since?.toISOString() ?? null,
    until: since && new Date(since.getTime() + refreshPolicy().settleAfterMs).toISOString(),
    how: introspection ? 'introspect' : uncertainPolicy === 'one_try' ? 'one_try' : 'leave',
  };
}

/** A revocation whose process died: nobody is at it, so it can be asked for again. One that is queued is not. */
function isAbandoned({ connection, leaseIsLive: live }: DetailRow): boolean {
  const { state, revocation, revocationNextAt } = connection;
  return state === 'disconnecting' && revocation === 'pending' && revocationNextAt === null && !live;
}

/** Only of a revocation that was tried: one that is queued is about to be. */
function nextTryOf({ state, revocation, revocationNextAt }: DetailRow['connection']): Date | null {
  return state === 'disconnecting' && revocation === 'unconfirmed' ? revocationNextAt : null;
}

/** The stored problem, or the one that time has made: nobody writes down that a lease has ended. */
function problemColumnsOf(row: DetailRow): DetailRow['connection'] {
  const { connection } = row;
  const at = connection.leaseUntil;
  if (connection.state === 'refreshing' && !row.leaseIsLive) {
    return { ...connection, problemCode: 'GRANT_OUTCOME_UNKNOWN', problemError: null, problemAt: at };
  }
  if (isAbandoned(row)) {
    return { ...connection, problemCode: 'REVOCATION_UNCONFIRMED', problemError: null, problemAt: at };
  }
  return connection;
}
