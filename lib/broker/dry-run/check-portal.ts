import { eq } from 'drizzle-orm';
import { withActor, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import type { Check } from '@/lib/broker/dry-run/types';
import type { KeyDetail } from '@/lib/broker/keys/types';
import { findRefusal, requireConnection } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { isOutsideHours } from '@/lib/custody/usage/reading-hours';
import { AppError } from '@/lib/errors';

const STATES: Record<KeyDetail['key']['state'], Check> = {
  active: { passes: true, text: 'The key works.' },
  expired: { passes: false, text: 'The key has expired.' },
  revoked: { passes: false, text: 'The key is revoked.' },
  owner_inactive: {
    passes: false,
    text: 'The owner is deactivated or an auditor, so none of their keys works.',
  },
};

interface Place {
  environmentId: string;
  apiVersion: string;
  checks: Check[];
}

/** What the portal asks before any policy: the key, the connection, the environment. Throws NOT_FOUND. */
export async function checkPortal(
  ctx: PersonContext,
  { key, isOwn }: KeyDetail,
  { connectionId, at }: { connectionId: string; at: Date },
): Promise<Place> {
  // Of an own key the connection is an own one; of another's, custody says what there is.
  const refusal = isOwn ? await findRefusal(ctx, await requireConnection(ctx, connectionId)) : null;
  const [row] = await (isOwn ? withActor : withCustody)(ctx, (tx) =>
    tx
      .select({ ownerId: connections.ownerId, environment: environments })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(eq(connections.id, connectionId)),
  );
  const isTheirs = row !== undefined && (row.ownerId === null || row.ownerId === key.owner.id);
  if (!isTheirs) throw new AppError('NOT_FOUND', 'There is no such connection.');
  const { id, apiVersion, name, readingHours, outsideHours } = row.environment;
  const isClosed = readingHours !== null && outsideHours === 'refuse' && isOutsideHours(readingHours, at);
  return {
    environmentId: id,
    apiVersion,
    checks: [
      STATES[key.state],
      ...(isOwn
        ? [
            {
              passes: refusal === null,
              text: refusal?.message ?? 'Its owner may read through the connection.',
            },
          ]
        : []),
      ...(readingHours === null || outsideHours !== 'refuse'
        ? []
        : [{ passes: !isClosed, text: `${name} is ${isClosed ? 'closed' : 'open'} at this time.` }]),
    ],
  };
}
