import { formatGridState } from '@/lib/soql/grid-state';
import type { GridState } from '@/lib/soql/types';

/**
 * Copies the address of a grid and answers with what to say. The link names the view, so that a default of somebody else
 * does not stand in for it.
 */
export async function copyLink(view: string, state: GridState): Promise<string> {
  const url = new URL(location.href);
  url.search = formatGridState({ ...state, view, row: 1 });
  try {
    await navigator.clipboard.writeText(url.href);
    return 'The link was copied.';
  } catch {
    return 'The browser did not let Orgdock copy; the link stands in the address bar.';
  }
}
