import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { selectDetail, toDetail } from '@/lib/connections/queries';
import { tokenSource } from '@/lib/connections/token-source';
import type { AuthorisedConnection, ConnectionDetail } from '@/lib/connections/types';
import type { ConnectionId, PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import type { SalesforceClient, TokenSource } from '@/lib/salesforce/types';

/** More than these are not asked one after the other. */
const MOST = 4;

/** A connection through which an administrator may ask the org about itself. */
export interface TestConnection {
  connection: ConnectionDetail;
  /** Held by the portal. Null as a name: one's own. */
  serviceName: string | null;
  client: SalesforceClient;
}

/**
 * Healthy connections of an environment that this administrator may test with, best first: their own, then those that
 * the portal holds. Never another person's. A test spends no refresh token: an ended access token stays ended.
 */
export async function listTestConnections(
  ctx: PersonContext,
  environmentId: string,
): Promise<TestConnection[]> {
  const rows = await withCustody(ctx, (tx) =>
    selectDetail(tx)
      .where(
        and(
          eq(connections.environmentId, environmentId),
          eq(connections.purpose, 'runtime'),
          isNull(connections.disconnectedAt),
          or(eq(connections.ownerId, ctx.personId), isNull(connections.ownerId)),
        ),
      )
      .orderBy(sql`${connections.ownerId} IS NULL`, desc(connections.retrievedAt)),
  );
  return rows
    .map((row) => ({ ...toDetail(row), appChanged: row.appChanged }))
    .filter(({ health, appChanged, salesforceUserId }) => {
      return health === 'healthy' && !appChanged && salesforceUserId !== '';
    })
    .slice(0, MOST)
    .map((connection) => toTestConnection(ctx, connection));
}

function toTestConnection(ctx: PersonContext, connection: ConnectionDetail): TestConnection {
  const { service, apiVersion } = connection;
  const authorised: Pick<AuthorisedConnection, 'id' | 'service'> = {
    id: connection.id as ConnectionId,
    service,
  };
  const source = withoutRefresh(tokenSource(authorised, ctx.personId));
  return { connection, serviceName: service?.name ?? null, client: { source, apiVersion } };
}

/** The stored access token and nothing newer. */
function withoutRefresh(source: TokenSource): TokenSource {
  return { ...source, renew: () => Promise.reject(accessTokenEnded()) };
}

/** A test that met an ended access token. */
export function isAccessTokenEnded(error: unknown): boolean {
  return error instanceof AppError && error.details.accessToken === 'ended';
}

function accessTokenEnded(): AppError {
  return new AppError('CONFLICT', 'The stored access token has ended, and a test does not refresh one.', {
    nextStep: 'Open a list of records through the connection, which refreshes it, and run the test again.',
    details: { accessToken: 'ended' },
  });
}
