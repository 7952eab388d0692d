import { and, asc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { gridPreferences } from '@/db/schema';
import { singleRead } from '@/db/single-read';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';

export interface ObjectPreference {
  sobject: string;
  isFavourite: boolean;
  lastOpenedAt: Date | null;
}

/** The objects of a connection's environment that a person marked or opened, by API name. */
export async function listObjectPreferences(
  ctx: PersonContext,
  { environment }: ReadableConnection,
): Promise<ObjectPreference[]> {
  return withActor(ctx, readPreferences({ personId: ctx.personId, environmentId: environment.id }));
}

const { sobject, isFavourite, lastOpenedAt } = gridPreferences;
const readPreferences = singleRead((tx) =>
  tx
    .select({ sobject, isFavourite, lastOpenedAt })
    .from(gridPreferences)
    .where(
      and(
        eq(gridPreferences.personId, sql.placeholder('personId')),
        eq(gridPreferences.environmentId, sql.placeholder('environmentId')),
        or(eq(isFavourite, true), isNotNull(lastOpenedAt)),
      ),
    )
    .orderBy(asc(sobject)),
);

/** API names of a person's favourite objects in a connection's environment. */
export async function listFavourites(ctx: PersonContext, connection: ReadableConnection): Promise<string[]> {
  const known = await listObjectPreferences(ctx, connection);
  return known.filter(({ isFavourite }) => isFavourite).map(({ sobject }) => sobject);
}
