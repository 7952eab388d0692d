import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { loadWindow } from '@/lib/records/load-window';
import type { GridWindow } from '@/lib/records/types';
import type { GridInput } from '@/lib/records/window/plan-grid';
import { withRecords } from '@/lib/records/with-records';

/** Opens a grid as its URL asks for it: see `loadWindow`. */
export async function openGrid(
  ctx: PersonContext,
  connection: ReadableConnection,
  input: GridInput,
): Promise<GridWindow> {
  return await withRecords(ctx, connection, (access) => loadWindow(access, input));
}
