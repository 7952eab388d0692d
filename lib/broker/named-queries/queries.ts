import { eq } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { namedQueries } from '@/db/schema/broker/keys';
import { people } from '@/db/schema/people';
import { READY_MADE } from '@/lib/broker/named-queries/ready-made';
import type { CallableQuery } from '@/lib/broker/named-queries/types';
import type { QueryParameter } from '@/lib/broker/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

/** Every named query by name: ready-made ones, and those that administrators wrote, which come before a ready-made one of the same name. */
export async function listNamedQueries(ctx: PersonContext): Promise<CallableQuery[]> {
  const written = (await withActor(ctx, (tx) => selectQueries(tx))).map(toQuery);
  const names = new Set(written.map(({ name }) => name));
  const untouched = READY_MADE.filter(({ name }) => !names.has(name)).map(asReadyMade);
  return [...written, ...untouched].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Null: there is none of this name, which is told from others by its case. */
export async function getNamedQuery(ctx: PersonContext, name: string): Promise<CallableQuery | null> {
  const [row] = await withActor(ctx, (tx) => selectQueries(tx).where(eq(namedQueries.name, name)));
  if (row) return toQuery(row);
  const readyMade = findReadyMade(name);
  return readyMade ? asReadyMade(readyMade) : null;
}

/** A query that can be run now. Throws NOT_FOUND, also for one that is switched off. */
export async function requireNamedQuery(ctx: PersonContext, name: string): Promise<CallableQuery> {
  const query = await getNamedQuery(ctx, name);
  if (query?.enabled) return query;
  throw new AppError(
    'NOT_FOUND',
    query ? `The named query ${name} is switched off.` : 'There is no named query of this name.',
    { nextStep: 'Administrators find all of them in Orgdock under API keys, Named queries.' },
  );
}

export function findReadyMade(name: string): (typeof READY_MADE)[number] | undefined {
  return READY_MADE.find((one) => one.name === name);
}

function selectQueries(tx: Tx) {
  return tx
    .select({ query: namedQueries, updatedBy: people.displayName })
    .from(namedQueries)
    .leftJoin(people, eq(people.id, namedQueries.updatedBy))
    .$dynamic();
}

function toQuery({ query, updatedBy }: Awaited<ReturnType<typeof selectQueries>>[number]): CallableQuery {
  const { name, description, soql, enabled, updatedAt } = query;
  return {
    ...{ name, description, soql, enabled, updatedBy },
    parameters: query.parameters as QueryParameter[],
    origin: findReadyMade(name) ? 'changed' : 'own',
    updatedAt: updatedAt.toISOString(),
  };
}

function asReadyMade(query: (typeof READY_MADE)[number]): CallableQuery {
  return { ...query, enabled: true, origin: 'ready_made', updatedAt: null, updatedBy: null };
}
