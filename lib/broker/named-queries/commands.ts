import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { databaseNow, namedQueries } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { findReadyMade } from '@/lib/broker/named-queries/queries';
import { READY_MADE } from '@/lib/broker/named-queries/ready-made';
import { parseQueryForm } from '@/lib/broker/named-queries/schema';
import type { QueryForm } from '@/lib/broker/named-queries/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { assertRole } from '@/lib/people/assert-role';

type Input = Record<string, unknown>;

const ADMINISTER = 'administer named queries';
const MOST = 300;
/** A fact of the audit log holds no more. */
const MOST_OF_FACT = 2_000;

/** Adds a query. Throws FORBIDDEN, INVALID_INPUT, CONFLICT (too many). */
export async function createNamedQuery(ctx: PersonContext, input: Input): Promise<{ name: string }> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const form = await parseQueryForm(input);
  await withActor(ctx, async (tx) => {
    const names = await lockNames(tx);
    if (names.some((name) => name.toLowerCase() === form.name.toLowerCase())) {
      throw new AppError('INVALID_INPUT', 'The query was not saved: some fields need another look.', {
        details: { name: 'There is a query of this name. Policies do not mind case.' },
        nextStep: 'Correct the marked fields and try again.',
      });
    }
    if (names.length >= MOST) {
      throw new AppError('CONFLICT', `There are ${MOST} named queries already.`, {
        nextStep: 'Delete one that nobody runs.',
      });
    }
    const id = randomUUID();
    await tx.insert(namedQueries).values({ ...form, id, updatedBy: ctx.personId });
    const details = { name: form.name, soql: form.soql.slice(0, MOST_OF_FACT) };
    await appendAudit(tx, ctx, { action: 'named_query.create', subjectId: id, details });
  });
  return { name: form.name };
}

/**
 * Changes a query, but for its name, which policies and programs know it by. A ready-made one becomes the administrators'
 * own version. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND.
 */
export async function changeNamedQuery(
  ctx: PersonContext,
  input: { name: string; form: Input },
): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  const form = await parseQueryForm({ ...input.form, name: input.name });
  const { description, soql, parameters } = form;
  await changeRow(ctx, form.name, { description, soql, parameters });
}

/** Switches a query on or off. Throws FORBIDDEN, NOT_FOUND. */
export async function enableNamedQuery(
  ctx: PersonContext,
  { name, enabled }: { name: string; enabled: boolean },
): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  await changeRow(ctx, name, { enabled });
}

/**
 * Deletes a query; of a ready-made one the administrators' version, so that it is again as Orgdock brings it. Throws
 * FORBIDDEN, NOT_FOUND.
 */
export async function deleteNamedQuery(ctx: PersonContext, name: string): Promise<void> {
  assertRole(ctx, ['admin'], ADMINISTER);
  await withActor(ctx, async (tx) => {
    const [row] = await tx
      .delete(namedQueries)
      .where(eq(namedQueries.name, name))
      .returning({ id: namedQueries.id });
    if (!row) throw notFound();
    await appendAudit(tx, ctx, { action: 'named_query.delete', subjectId: row.id, details: { name } });
  });
}

type Changes = Partial<Omit<QueryForm, 'name'> & { enabled: boolean }>;

async function changeRow(ctx: PersonContext, name: string, changes: Changes): Promise<void> {
  await withActor(ctx, async (tx) => {
    await lockNames(tx);
    const [row] = await tx.select().from(namedQueries).where(eq(namedQueries.name, name)).for('update');
    const readyMade = findReadyMade(name);
    if (!row && !readyMade) throw notFound();
    const before = row ?? { ...readyMade, enabled: true };
    const said = Object.keys(changes) as (keyof Changes)[];
    const differs = said.filter((key) => !isDeepStrictEqual(before[key], changes[key]));
    if (differs.length === 0) return;
    const id = row?.id ?? randomUUID();
    const values = { ...changes, updatedBy: ctx.personId, updatedAt: databaseNow };
    if (row) await tx.update(namedQueries).set(values).where(eq(namedQueries.id, id));
    else if (readyMade) await tx.insert(namedQueries).values({ ...readyMade, ...values, id });
    const pick = (from: Changes) => Object.fromEntries(differs.map((key) => [key, from[key]]));
    const details = { name, before: pick(before as Changes), after: pick(changes) };
    await appendAudit(tx, ctx, { action: 'named_query.change', subjectId: id, details });
  });
}

/** Every name that is taken; nobody else adds one before this transaction ends. */
async function lockNames(tx: Tx): Promise<string[]> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('orgdock.named_queries'))`);
  const rows = await tx.select({ name: namedQueries.name }).from(namedQueries);
  return [...new Set([...rows, ...READY_MADE].map(({ name }) => name))];
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no named query of this name.', {
    nextStep: 'Somebody may have deleted it. Go back to the list.',
  });
}
