import { and, eq, ne, not, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { connectionSecrets, connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { singleRead } from '@/db/single-read';
import { cacheAccessToken, cachedAccessToken } from '@/lib/connections/access-cache';
import { appChanged } from '@/lib/connections/app-change';
import { breakerColumns } from '@/lib/connections/breaker/app-breaker';
import { connectionError, errorOfRow, noProblem } from '@/lib/connections/problem';
import { leaseIsLive, noLease } from '@/lib/connections/refresh/lease';
import { noteSeenGeneration } from '@/lib/connections/restore/watermarks';
import { AppError } from '@/lib/errors';
import type { AccessGrant } from '@/lib/salesforce/types';
import { open } from '@/lib/vault/seal';

/** What the token source needs to know of a connection at one moment; the access token is still sealed. */
export type GrantRow = Awaited<ReturnType<typeof readGrantRow>>;

/** Reads a connection with its sealed access token. Throws NOT_FOUND. */
export async function readGrantRow(connectionId: string) {
  const [row] = await withSystem('token source', readRow({ connectionId }));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such connection.');
  return row;
}

const readRow = singleRead((tx) =>
  tx
    .select({
      connectionId: connections.id,
      environmentId: connections.environmentId,
      breaker: breakerColumns,
      appChanged,
      appChangedAt: environments.appChangedAt,
      authenticationTimeoutSeconds: environments.authenticationTimeoutSeconds,
      grantId: connections.grantId,
      generation: connections.generation,
      state: connections.state,
      leaseIsLive,
      instanceUrl: connections.instanceUrl,
      problemCode: connections.problemCode,
      problemError: connections.problemError,
      problemDescription: connections.problemDescription,
      problemStatus: connections.problemStatus,
      problemAt: connections.problemAt,
      sealedAccessToken: connectionSecrets.accessToken,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(connectionSecrets, eq(connectionSecrets.connectionId, connections.id))
    .where(eq(connections.id, sql.placeholder('connectionId'))),
);

/** Throws what ended the connection, when it was ended: GRANT_DISCONNECTED, or Salesforce's refusal. */
export function assertNotEnded(row: GrantRow): void {
  if (row.state === 'disconnecting' || row.state === 'disconnected') {
    throw connectionError('GRANT_DISCONNECTED', null);
  }
  if (row.state === 'needs_reconnect') throw errorOfRow(row) ?? connectionError('GRANT_ENDED', null);
}

/** Opens the row's access token, or takes it from memory. Throws the vault's errors. */
export async function openAccess(row: GrantRow): Promise<AccessGrant> {
  const { connectionId, generation, instanceUrl, sealedAccessToken } = row;
  noteSeenGeneration(connectionId, generation);
  const kept = cachedAccessToken(connectionId, generation);
  if (kept !== null) return { accessToken: kept, instanceUrl, generation };
  if (sealedAccessToken === null) throw connectionError('GRANT_DISCONNECTED', null);
  const place = { table: 'connection_secrets', column: 'access_token', rowId: connectionId } as const;
  const accessToken = await open(sealedAccessToken, place);
  cacheAccessToken(connectionId, generation, accessToken);
  return { accessToken, instanceUrl, generation };
}

/**
 * Writes down that the holder of a refresh did not come back in its time. The fence stays, so a holder that
 * lives still can say what happened; nobody takes over, because the token may have been spent. The request of a
 * service connection spends nothing: the next caller may ask again.
 */
export async function markOutcomeUnknown(connectionId: string): Promise<void> {
  const isExpired = and(
    eq(connections.id, connectionId),
    eq(connections.state, 'refreshing'),
    not(leaseIsLive),
  );
  await withSystem('lease ended', async (tx) => {
    await tx
      .update(connections)
      .set({ state: 'idle', ...noLease })
      .where(and(isExpired, ne(connections.flow, 'authorization_code')));
    await tx
      .update(connections)
      .set({
        ...noProblem,
        state: 'uncertain',
        problemCode: 'GRANT_OUTCOME_UNKNOWN',
        problemAt: databaseNow,
        // A holder that is late may have sent until its lease ended, not later.
        uncertainSince: connections.leaseUntil,
      })
      .where(isExpired);
  });
}
