import type { LookupOption } from '@/lib/records/fields/types';
import type { GridWindow, ReferenceCell } from '@/lib/records/types';

/** Names of records that a lookup was answered with on this page. */
const found = new Map<string, string>();

export function rememberNames(options: readonly LookupOption[]): void {
  for (const { id, name } of options) found.set(id, name);
}

/** Names of records as far as they were chosen here or stand in the rows on screen; asks nobody. */
export function nameLookup(window: GridWindow): (id: string) => string | undefined {
  let shown: Map<string, string> | null = null;
  return (id) => {
    const known = found.get(id);
    if (known !== undefined) return known;
    shown ??= namesInRows(window);
    return shown.get(id);
  };
}

function namesInRows({ columns, rows }: GridWindow): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, kind } of columns) {
    const at = kind === 'reference' ? rows.columns.indexOf(name) : -1;
    for (const cell of (at < 0 ? [] : (rows.values[at] ?? [])) as ReferenceCell[]) {
      if (cell?.name) names.set(cell.id, cell.name);
    }
  }
  return names;
}
