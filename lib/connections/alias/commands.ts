import { and, eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { isUniqueViolation } from '@/db/faults';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { aliasSchema } from '@/lib/connections/alias/schema';
import { requireOwnConnection } from '@/lib/connections/queries';
import { requireServiceRow } from '@/lib/connections/service/require-row';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';

/** Gives one's own connection another alias. Throws INVALID_INPUT, also for one that is taken, and NOT_FOUND. */
export async function changeOwnAlias(
  ctx: PersonContext,
  input: { id: string; alias: unknown },
): Promise<void> {
  const alias = parse(input.alias);
  const { id } = await requireOwnConnection(ctx, input.id);
  await orTaken(() =>
    withActor(ctx, async (tx) => {
      const [row] = await tx
        .select({ alias: connections.alias })
        .from(connections)
        .where(and(eq(connections.id, id), eq(connections.ownerId, ctx.personId)))
        .for('update');
      if (row) await store(tx, ctx, { id, before: row.alias, after: alias });
    }),
  );
}

/** As `changeOwnAlias`, of a service connection, by an administrator. Throws FORBIDDEN as well. */
export async function changeServiceAlias(
  ctx: PersonContext,
  input: { id: string; alias: unknown },
): Promise<void> {
  assertRole(ctx, ['admin'], 'name service connections for programs');
  const alias = parse(input.alias);
  await orTaken(() =>
    withSystem('service connection', async (tx) => {
      const row = await requireServiceRow(tx, input.id);
      await store(tx, ctx, { id: row.id, before: row.alias, after: alias });
    }),
  );
}

interface Change {
  id: string;
  before: string | null;
  after: string;
}

async function store(tx: Tx, ctx: PersonContext, { id, before, after }: Change): Promise<void> {
  if (before === after) return;
  await tx.update(connections).set({ alias: after }).where(eq(connections.id, id));
  await appendAudit(tx, ctx, { action: 'connection.alias', subjectId: id, details: { before, after } });
}

async function orTaken(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isUniqueViolation(error, 'connections_alias'))
      throw invalid('Another connection of this environment has this alias.');
    throw error;
  }
}

function parse(alias: unknown): string {
  const parsed = aliasSchema.safeParse(alias);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues[0]?.message ?? 'Choose another alias.');
}

function invalid(message: string): AppError {
  return new AppError('INVALID_INPUT', 'The alias was not changed.', {
    details: { alias: message },
    nextStep: 'Correct it and try again.',
  });
}
