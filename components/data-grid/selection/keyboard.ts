import type { Move } from './selection';

/** What a key asks of the grid. */
export type GridCommand =
  | { do: 'move'; how: Move; extend: boolean }
  | { do: 'copy'; header: boolean }
  | { do: 'resize'; by: number }
  | { do: 'enter'; shift: boolean }
  /** Opens the record in Salesforce. */
  | { do: 'salesforce' }
  | { do: 'selectAll' | 'whole' | 'clear' | 'help' | 'search' | 'menu' };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'rowStart',
  End: 'rowEnd',
};

/** With Ctrl or ⌘ a move goes to the end in its direction. */
const FAR_MOVES: Readonly<Record<string, Move>> = {
  Home: 'first',
  End: 'last',
  ArrowLeft: 'rowStart',
  ArrowRight: 'rowEnd',
};

const RESIZE_STEP = 16;

/** The command of a key, as a spreadsheet has it; null: the browser's own. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): GridCommand | null {
  const far = ctrlKey || metaKey;
  if (altKey) return altCommand(key, far);
  if (far) {
    const how = FAR_MOVES[key];
    if (how) return { do: 'move', how, extend: shiftKey };
    if (key === 'Enter') return { do: 'salesforce' };
    if (key.toLowerCase() === 'a') return { do: 'selectAll' };
    return key.toLowerCase() === 'c' ? { do: 'copy', header: shiftKey } : null;
  }
  const how = MOVES[key];
  if (how) return { do: 'move', how, extend: shiftKey };
  switch (key) {
    case 'Enter':
      return { do: 'enter', shift: shiftKey };
    case ' ':
      return { do: 'whole' };
    case 'Escape':
      return { do: 'clear' };
    case '?':
      return { do: 'help' };
    case '/':
      return { do: 'search' };
    case 'ContextMenu':
      return { do: 'menu' };
    default:
      return key === 'F10' && shiftKey ? { do: 'menu' } : null;
  }
}

function altCommand(key: string, far: boolean): GridCommand | null {
  if (far) return null;
  if (key === 'ArrowLeft') return { do: 'resize', by: -RESIZE_STEP };
  if (key === 'ArrowRight') return { do: 'resize', by: RESIZE_STEP };
  return key === 'ArrowDown' ? { do: 'menu' } : null;
}
