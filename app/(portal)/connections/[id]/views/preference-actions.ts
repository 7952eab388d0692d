'use server';

import type { ActionResult } from '@/components/forms/action-result';
import { requireReadable } from '@/lib/connections/queries';
import { saveLayout, setFavourite } from '@/lib/records/preferences/commands';
import type { GridLayout } from '@/lib/records/types';
import { personAction } from '@/lib/session/action';

/** Keeps how I want an object's grid drawn; null: as Orgdock has it. */
export async function saveLayoutAction(
  connectionId: string,
  sobject: string,
  layout: GridLayout | null,
): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    const connection = await requireReadable(ctx, String(connectionId));
    await saveLayout(ctx, connection, String(sobject), layout);
  });
}

/** Puts an object among my favourites, or takes it out. */
export async function setFavouriteAction(
  connectionId: string,
  sobject: string,
  isFavourite: boolean,
): Promise<ActionResult> {
  return personAction({}, async (ctx) => {
    const connection = await requireReadable(ctx, String(connectionId));
    await setFavourite(ctx, connection, String(sobject), isFavourite === true);
  });
}
