import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { loadWindow } from '@/lib/records/load-window';
import type { GridWindow } from '@/lib/records/types';
import { viewsOfFields } from '@/lib/records/views/ready-made';
import { type ResolvedView, resolveView } from '@/lib/records/views/resolve';
import { describeRoot, type GridInput } from '@/lib/records/window/plan-grid';
import { withRecords } from '@/lib/records/with-records';

/** A grid's first window, and the views around it. */
export interface OpenedGrid extends Pick<ResolvedView, 'view' | 'views' | 'layout' | 'isFavourite'> {
  window: GridWindow;
}

/** Opens a grid as its URL asks for it, and what that leaves out as its view has it: see `loadWindow`, `resolveView`. */
export async function openGrid(
  ctx: PersonContext,
  connection: ReadableConnection,
  input: GridInput,
): Promise<OpenedGrid> {
  return await withRecords(ctx, connection, async (access) => {
    // Described first: what is no object is noted nowhere as opened.
    const { name: sobject, fields } = await describeRoot(access, input.sobject);
    const { state, notices, ...opened } = await resolveView(ctx, connection, sobject, input.state);
    const views = viewsOfFields(opened.views, new Set(fields.map(({ name }) => name)));
    const window = await loadWindow(access, { sobject, state });
    return { ...opened, views, window: { ...window, notices: [...notices, ...window.notices] } };
  });
}
