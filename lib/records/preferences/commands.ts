import { and, eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { gridPreferences, gridViews } from '@/db/schema';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';
import type { GridLayout } from '../types';
import { readyMadeViews } from '../views/ready-made';
import { isViewId, layoutSchema, sobjectSchema } from '../views/schema';

type Preference = Partial<
  Pick<typeof gridPreferences.$inferInsert, 'defaultView' | 'layout' | 'isFavourite'>
>;

/** Which view opens when the URL names none; null: all records. Throws NOT_FOUND. */
export async function setDefaultView(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
  view: string | null,
): Promise<void> {
  if (view !== null && !(await isKnown(ctx, connection, sobject, view))) {
    throw new AppError('NOT_FOUND', 'There is no such view.', { nextStep: 'Load the page again.' });
  }
  await keep(ctx, connection, sobject, { defaultView: view });
}

/** How a grid without a view, or whose view has no layout, is drawn. Null: as Orgdock has it. */
export async function saveLayout(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
  layout: GridLayout | null,
): Promise<void> {
  const kept = parseForm(layoutSchema.nullable(), layout, 'The layout was not saved');
  await keep(ctx, connection, sobject, { layout: kept });
}

/** Whether an object stands among a person's favourites. */
export async function setFavourite(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
  isFavourite: boolean,
): Promise<void> {
  await keep(ctx, connection, sobject, { isFavourite });
}

async function isKnown(
  ctx: PersonContext,
  { environment }: ReadableConnection,
  sobject: string,
  view: string,
): Promise<boolean> {
  if (readyMadeViews(sobject).some(({ id }) => id === view)) return true;
  if (!isViewId(view)) return false;
  const [row] = await withActor(ctx, (tx) =>
    tx
      .select({ id: gridViews.id })
      .from(gridViews)
      .where(
        and(
          eq(gridViews.id, view),
          eq(gridViews.environmentId, environment.id),
          eq(gridViews.sobject, sobject),
        ),
      ),
  );
  return row !== undefined;
}

async function keep(
  ctx: PersonContext,
  { environment }: ReadableConnection,
  sobject: string,
  preference: Preference,
): Promise<void> {
  const key = {
    personId: ctx.personId,
    environmentId: environment.id,
    sobject: parseForm(sobjectSchema, sobject, 'Nothing was saved'),
  };
  await withActor(ctx, (tx) =>
    tx
      .insert(gridPreferences)
      .values({ ...key, ...preference })
      .onConflictDoUpdate({
        target: [gridPreferences.personId, gridPreferences.environmentId, gridPreferences.sobject],
        set: preference,
      }),
  );
}
