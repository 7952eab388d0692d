import { and, count, eq, ne, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { databaseNow, gridPreferences, gridViews } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';
import {
  isViewId,
  type SaveViewInput,
  saveViewSchema,
  type UpdateViewInput,
  updateViewSchema,
  viewNameSchema,
  viewStateOf,
} from './schema';

/** Saved views that a person may have of an object. */
export const MAX_VIEWS_OF_OBJECT = 100;

type ViewRow = typeof gridViews.$inferSelect;

/*
 * A private view is a matter of its owner, like a width. What others see is audited: a filter may quote records, so
 * sharing gives words of records away, and a change or a deletion changes what others work with.
 */

/** Saves the state of a grid as a view of one's own. Throws INVALID_INPUT, CONFLICT. Returns the view's id. */
export async function saveView(
  ctx: PersonContext,
  connection: ReadableConnection,
  input: SaveViewInput,
): Promise<string> {
  const { sobject, name, ...content } = parseForm(saveViewSchema, input, 'The view was not saved');
  const place = { environmentId: connection.environment.id, sobject };
  return withActor(ctx, async (tx) => {
    await lockViews(tx, ctx);
    await assertRoom(tx, ctx, place);
    await assertNameFree(tx, ctx, { ...place, name });
    const values = { ...place, ownerId: ctx.personId, name, state: viewStateOf(content) };
    const [made] = await tx.insert(gridViews).values(values).returning({ id: gridViews.id });
    if (!made) throw new AppError('UNAVAILABLE', 'The view could not be stored.');
    return made.id;
  });
}

/** Overwrites the state of one's own view. Throws NOT_FOUND, INVALID_INPUT. */
export async function updateView(
  ctx: PersonContext,
  connection: ReadableConnection,
  id: string,
  input: UpdateViewInput,
): Promise<void> {
  const content = parseForm(updateViewSchema, input, 'The view was not saved');
  await changeView(ctx, connection, id, async (tx, view) => {
    const state = { ...viewStateOf(content), ...sharerOf(ctx, view.isShared) };
    if (view.isShared) await noteChange(tx, ctx, view, { what: 'state' });
    return { state };
  });
}

/** Throws NOT_FOUND, INVALID_INPUT, CONFLICT. */
export async function renameView(
  ctx: PersonContext,
  connection: ReadableConnection,
  id: string,
  name: string,
): Promise<void> {
  const next = parseForm(viewNameSchema, name, 'The view was not renamed');
  await changeView(ctx, connection, id, async (tx, view) => {
    await assertNameFree(tx, ctx, { ...view, name: next });
    if (view.isShared) await noteChange(tx, ctx, view, { what: 'name', after: next });
    return { name: next };
  });
}

/** Lets everybody who may read records of the environment use one's own view, or nobody any more. Throws NOT_FOUND. */
export async function shareView(
  ctx: PersonContext,
  connection: ReadableConnection,
  id: string,
  shared: boolean,
): Promise<void> {
  await changeView(ctx, connection, id, async (tx, view) => {
    if (view.isShared === shared) return {};
    const details = { ...factsOf(view), shared };
    await appendAudit(tx, ctx, { action: 'view.share', subjectId: id, details });
    const { sharedBy: _, ...state } = view.state as Record<string, unknown>;
    return { isShared: shared, state: { ...state, ...sharerOf(ctx, shared) } };
  });
}

/** Deletes one's own view; an administrator any shared one. Throws NOT_FOUND. */
export async function deleteView(
  ctx: PersonContext,
  connection: ReadableConnection,
  id: string,
): Promise<void> {
  await withActor(ctx, async (tx) => {
    // Row-level security decides whose views these are, and which of others an administrator may delete.
    const [view] = isViewId(id) ? await tx.delete(gridViews).where(viewHere(connection, id)).returning() : [];
    if (!view) throw noSuchView();
    const itsDefault = and(eq(gridPreferences.personId, ctx.personId), eq(gridPreferences.defaultView, id));
    await tx.update(gridPreferences).set({ defaultView: null }).where(itsDefault);
    if (!view.isShared) return;
    const details = { ...factsOf(view), ownerId: view.ownerId };
    await appendAudit(tx, ctx, { action: 'view.delete', subjectId: id, details });
  });
}

/** Changes one's own view in one transaction with what `work` writes. */
async function changeView(
  ctx: PersonContext,
  connection: ReadableConnection,
  id: string,
  work: (tx: Tx, view: ViewRow) => Promise<Partial<ViewRow>>,
): Promise<void> {
  await withActor(ctx, async (tx) => {
    await lockViews(tx, ctx);
    const own = and(viewHere(connection, id), eq(gridViews.ownerId, ctx.personId));
    const [view] = isViewId(id) ? await tx.select().from(gridViews).where(own) : [];
    if (!view) throw noSuchView();
    const changes = { ...(await work(tx, view)), updatedAt: databaseNow };
    await tx.update(gridViews).set(changes).where(own);
  });
}

/** One change of a person's views at a time: no database rule keeps names apart and numbers small. */
async function lockViews(tx: Tx, ctx: PersonContext): Promise<void> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`orgdock views ${ctx.personId}`}, 0))`,
  );
}

type Place = Pick<ViewRow, 'environmentId' | 'sobject'>;

function ownViews(ctx: PersonContext, { environmentId, sobject }: Place) {
  return and(
    eq(gridViews.ownerId, ctx.personId),
    eq(gridViews.environmentId, environmentId),
    eq(gridViews.sobject, sobject),
  );
}

async function assertRoom(tx: Tx, ctx: PersonContext, place: Place): Promise<void> {
  const [row] = await tx.select({ views: count() }).from(gridViews).where(ownViews(ctx, place));
  if ((row?.views ?? 0) < MAX_VIEWS_OF_OBJECT) return;
  throw new AppError('CONFLICT', `You have ${MAX_VIEWS_OF_OBJECT} views of this object already.`, {
    nextStep: 'Delete one that you do not use any more, or overwrite it.',
  });
}

async function assertNameFree(
  tx: Tx,
  ctx: PersonContext,
  view: Place & { name: string; id?: string },
): Promise<void> {
  const same = sql`lower(${gridViews.name}) = lower(${view.name})`;
  const others = view.id === undefined ? undefined : ne(gridViews.id, view.id);
  const [taken] = await tx
    .select({ name: gridViews.name })
    .from(gridViews)
    .where(and(ownViews(ctx, view), same, others));
  if (!taken) return;
  throw new AppError('CONFLICT', `You have a view “${taken.name}” of this object already.`, {
    nextStep: 'Choose another name, or open that view and save it there.',
  });
}

function viewHere(connection: ReadableConnection, id: string) {
  return and(eq(gridViews.id, id), eq(gridViews.environmentId, connection.environment.id));
}

function sharerOf(ctx: PersonContext, shared: boolean): { sharedBy?: string } {
  return shared ? { sharedBy: ctx.displayName } : {};
}

function noSuchView(): AppError {
  return new AppError('NOT_FOUND', 'There is no such view of yours.', {
    nextStep:
      'Load the page again: it may have been deleted meanwhile. A view of others is saved under a new name.',
  });
}

async function noteChange(
  tx: Tx,
  ctx: PersonContext,
  view: ViewRow,
  change: { what: 'state' | 'name'; after?: string },
): Promise<void> {
  const details = { ...factsOf(view), ...change };
  await appendAudit(tx, ctx, { action: 'view.change', subjectId: view.id, details });
}

function factsOf({ environmentId, sobject, name }: ViewRow) {
  return { environmentId, sobject, name };
}
