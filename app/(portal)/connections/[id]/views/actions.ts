'use server';

import type { ViewContent, ViewsAnswer } from '@/components/grid-controls/views/types';
import { requireReadable } from '@/lib/connections/queries';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { parseForm } from '@/lib/form';
import { setDefaultView } from '@/lib/records/preferences/commands';
import { deleteView, renameView, saveView, shareView, updateView } from '@/lib/records/views/commands';
import { listViews } from '@/lib/records/views/resolve';
import { sobjectSchema } from '@/lib/records/views/schema';
import { personAction } from '@/lib/session/action';

/** An object's grid in one connection. Whatever crosses from a browser is checked again by the commands. */
interface Place {
  connectionId: string;
  sobject: string;
}

/** Saves what a grid shows as a view of mine. */
export async function saveViewAction(
  place: Place,
  input: ViewContent & { name: string },
): Promise<ViewsAnswer> {
  return actOnViews(place, (ctx, connection) =>
    saveView(ctx, connection, { ...input, sobject: String(place.sobject) }),
  );
}

/** Overwrites a view of mine with what a grid shows. */
export async function updateViewAction(place: Place, id: string, input: ViewContent): Promise<ViewsAnswer> {
  return actOnViews(place, (ctx, connection) => updateView(ctx, connection, String(id), input));
}

/** Renames a view of mine. */
export async function renameViewAction(place: Place, id: string, name: string): Promise<ViewsAnswer> {
  return actOnViews(place, (ctx, connection) => renameView(ctx, connection, String(id), name));
}

/** Shares a view of mine with everybody who may read records of its environment, or takes it back. */
export async function shareViewAction(place: Place, id: string, shared: boolean): Promise<ViewsAnswer> {
  return actOnViews(place, (ctx, connection) => shareView(ctx, connection, String(id), shared === true));
}

/** Deletes a view of mine; an administrator any that is shared. */
export async function deleteViewAction(place: Place, id: string): Promise<ViewsAnswer> {
  return actOnViews(place, (ctx, connection) => deleteView(ctx, connection, String(id)));
}

/** Which view I begin with; null: all records. */
export async function setDefaultViewAction(place: Place, id: string | null): Promise<ViewsAnswer> {
  const view = id === null ? null : String(id);
  return actOnViews(place, (ctx, connection) => setDefaultView(ctx, connection, String(place.sobject), view));
}

function actOnViews(
  place: Place,
  act: (ctx: PersonContext, connection: ReadableConnection) => Promise<unknown>,
): Promise<ViewsAnswer> {
  return personAction({}, async (ctx) => {
    const connection = await requireReadable(ctx, String(place?.connectionId));
    const sobject = parseForm(sobjectSchema, place.sobject, 'Nothing was saved');
    const made = await act(ctx, connection);
    const id = typeof made === 'string' ? made : null;
    return { id, views: await listViews(ctx, connection, sobject) };
  });
}
