import { and, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { decidePlace } from '@/lib/broker/policy/decide';
import type { KeyPolicy } from '@/lib/broker/types';
import { forReading, isForReading } from '@/lib/connections/purpose/for-reading';
import { type FoundConnection, findConnection, isConnectionId } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/** How a caller names a connection: its id, or its alias, which is one of its environment's. */
export interface ConnectionReference {
  ref: string;
  /** Slug; null: an alias that fits one connection of the key needs none. */
  environment: string | null;
}

/**
 * The connection of a reference among those that the person may see. Of several that an alias fits, those outside of the
 * policy do not count. Throws NOT_FOUND, CONNECTION_AMBIGUOUS.
 */
export async function findReferenced(
  ctx: PersonContext,
  policy: KeyPolicy,
  reference: ConnectionReference,
): Promise<FoundConnection> {
  const candidates = await candidatesOf(ctx, reference);
  const fitting = candidates.filter(
    ({ connection: { id, environment } }) =>
      decidePlace(policy, { connectionId: id, environmentId: environment.id }).allowed,
  );
  const [found, ...others] = fitting.length > 0 ? fitting : candidates.slice(0, 1);
  if (!found) {
    throw new AppError('NOT_FOUND', 'There is no such connection.', {
      nextStep: 'GET /api/v1/connections lists those that this key may use.',
    });
  }
  if (others.length === 0) return found;
  throw new AppError('CONNECTION_AMBIGUOUS', 'This alias fits connections of several environments.', {
    nextStep: `Say which with environment=: ${fitting.map(({ connection }) => connection.environment.slug).join(', ')}.`,
  });
}

async function candidatesOf(
  ctx: PersonContext,
  { ref, environment }: ConnectionReference,
): Promise<FoundConnection[]> {
  const ids = isConnectionId(ref) ? [ref] : await idsOfAlias(ctx, ref, environment);
  const found = await Promise.all(ids.map((id) => findConnection(ctx, id)));
  return found.filter(
    (candidate): candidate is FoundConnection =>
      candidate !== null &&
      isForReading(candidate.connection) &&
      (environment === null || candidate.connection.environment.slug === environment),
  );
}

/** As many environments as there are, so few. */
async function idsOfAlias(ctx: PersonContext, alias: string, slug: string | null): Promise<string[]> {
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({ id: connections.id })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(
        and(
          forReading,
          eq(connections.alias, alias),
          slug === null ? undefined : eq(environments.slug, slug),
        ),
      ),
  );
  return rows.map(({ id }) => id);
}
