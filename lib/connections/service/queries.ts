import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import { type Tx, withCustody, withSystem } from '@/db/client';
import { connectionShares, connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { problemOfError } from '@/lib/connections/problem';
import { isConnectionId, selectDetail, toDetail } from '@/lib/connections/queries';
import { openCredentials, type ServiceCredentials } from '@/lib/connections/service/credentials';
import { certificateFacts, type KeyPair } from '@/lib/connections/service/keys/key-pair';
import { findSharedKeyPair } from '@/lib/connections/service/keys/shared-key-pair';
import type {
  CertificateFacts,
  ServiceConnectionDetail,
  ServiceConnectionSummary,
} from '@/lib/connections/service/types';
import type { PersonContext } from '@/lib/context';
import { assertAdmin, assertCustodian } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/** The service connections of an environment, by name, for administrators and auditors. Throws FORBIDDEN. */
export async function listServiceConnections(
  ctx: PersonContext,
  slug: string,
): Promise<ServiceConnectionSummary[]> {
  assertCustodian(ctx);
  return await withCustody(ctx, (tx) => readDetails(tx, eq(environments.slug, slug)));
}

/** One service connection of an environment; null when there is none of this id, or it was removed. Throws FORBIDDEN. */
export async function getServiceConnection(
  ctx: PersonContext,
  { slug, id }: { slug: string; id: string },
): Promise<ServiceConnectionDetail | null> {
  assertCustodian(ctx);
  if (!isConnectionId(id)) return null;
  const which = and(eq(environments.slug, slug), eq(connections.id, id));
  const [detail] = await withCustody(ctx, (tx) => readDetails(tx, which));
  if (!detail) return null;
  try {
    const credentials = await withSystem('service certificate', (tx) =>
      openCredentials(tx, { connectionId: detail.id, flow: detail.flow }),
    );
    return { ...detail, ...certificatesOf(credentials) };
  } catch (error) {
    // The page must stand, so that they can be replaced.
    if (!(error instanceof AppError)) throw error;
    return { ...detail, problem: problemOfError(error, new Date()) };
  }
}

/** Whether a JWT bearer connection of the environment has a key that another one may use. Throws FORBIDDEN. */
export async function hasSharedKey(
  ctx: PersonContext,
  at: { environmentId: string; except: string | null },
): Promise<boolean> {
  assertAdmin(ctx);
  return (await withSystem('service keys', (tx) => findSharedKeyPair(tx, at))) !== null;
}

async function readDetails(tx: Tx, which: SQL | undefined): Promise<ServiceConnectionDetail[]> {
  const rows = await selectDetail(tx)
    .where(and(which, isNull(connections.ownerId), isNull(connections.disconnectedAt)))
    .orderBy(asc(connections.name));
  const shares = await readShares(
    tx,
    rows.map(({ connection }) => connection.id),
  );
  return rows.flatMap((row) => {
    const detail = toDetail(row);
    if (!detail.service) return [];
    const { id, service, username, userDisplayName, orgId, orgName, health, problem, lastUsedAt } = detail;
    return {
      id,
      ...service,
      alias: detail.alias,
      prepared: detail.salesforceUserId === '',
      runAs: { username, displayName: userDisplayName },
      orgId,
      orgName,
      health,
      problem,
      lastUsedAt,
      sharedWithEveryone: row.connection.sharedWithEveryone,
      sharedWith: shares.get(id) ?? [],
      tokenHost: detail.tokenHost,
      scopes: detail.scopes,
      createdAt: detail.createdAt,
      retrievedAt: detail.retrievedAt,
      certificate: null,
      nextCertificate: null,
    };
  });
}

async function readShares(
  tx: Tx,
  ids: string[],
): Promise<Map<string, ServiceConnectionSummary['sharedWith']>> {
  const rows = await tx
    .select({
      connectionId: connectionShares.connectionId,
      id: people.id,
      displayName: people.displayName,
      email: people.email,
    })
    .from(connectionShares)
    .innerJoin(people, eq(people.id, connectionShares.personId))
    .where(inArray(connectionShares.connectionId, ids))
    .orderBy(asc(people.displayName), asc(people.id));
  const byConnection = new Map<string, ServiceConnectionSummary['sharedWith']>();
  for (const { connectionId, ...person } of rows) {
    byConnection.set(connectionId, [...(byConnection.get(connectionId) ?? []), person]);
  }
  return byConnection;
}

function certificatesOf(
  credentials: ServiceCredentials,
): Pick<ServiceConnectionDetail, 'certificate' | 'nextCertificate'> {
  if (credentials.flow !== 'jwt_bearer') return { certificate: null, nextCertificate: null };
  return {
    certificate: factsOf(credentials.current),
    nextCertificate: factsOf(credentials.next),
  };
}

function factsOf(pair: KeyPair | null): CertificateFacts | null {
  return pair?.certificate ? certificateFacts(pair.certificate) : null;
}
