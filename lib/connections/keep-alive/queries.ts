import { eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { forecast } from '@/lib/connections/keep-alive/forecast';
import { requireConnection } from '@/lib/connections/queries';
import type { ConnectionForecast } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/** When one's own connection ends unless it is refreshed, and what keep-alive does about it. Throws NOT_FOUND. */
export async function getForecast(ctx: PersonContext, id: string): Promise<ConnectionForecast> {
  const connection = await requireConnection(ctx, id);
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({
        flow: connections.flow,
        keepAlive: connections.keepAlive,
        retrievedAt: connections.retrievedAt,
        consentedAt: connections.consentedAt,
        idleLimitDays: environments.idleLimitDays,
        absoluteLimitDays: environments.absoluteLimitDays,
      })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(eq(connections.id, connection.id)),
  );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such connection.');
  const { endsAt, endsBy, keepAliveAt } = forecast(row, row);
  return {
    endsAt: endsAt?.toISOString() ?? null,
    endsBy,
    keepAlive: row.keepAlive,
    keepAliveAt: keepAliveAt?.toISOString() ?? null,
  };
}
