'use client';

import { type KeyboardEvent, useCallback, useRef } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { ColumnActions } from '../columns/use-column-actions';
import { commandOf, type GridCommand } from './keyboard';
import { at, boxOf, type GridExtent, isRange, move, type Selection } from './selection';

export interface GridKeys {
  selection: Selection | null;
  extent: GridExtent;
  columns: readonly DrawnColumn[];
  actions: ColumnActions;
  /** Sets the selection and brings its cursor into view. */
  go: (selection: Selection | null) => void;
  /** The rows around the cursor that are loaded: from, and to before. */
  loaded: (row: number) => { first: number; last: number };
  copy: (header: boolean) => void;
  openRecord: (row: number, where: 'portal' | 'salesforce') => void;
  /** Opens a cell's whole text; false: it is no long one. */
  openCell: (row: number, drawn: DrawnColumn) => boolean;
  onMenu: (drawn: DrawnColumn) => void;
  onHelp: () => void;
  say: (words: string) => void;
}

/** The keys of a spreadsheet. */
export function useGridKeys(keys: GridKeys) {
  const latest = useRef(keys);
  latest.current = keys;
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    const command = commandOf(event);
    if (!command || (event.target as HTMLElement).closest('[role="menu"],[role="dialog"],input')) return;
    if (run(command, latest.current)) event.preventDefault();
  }, []);
}

/** False: the key is the browser's own after all. */
function run(command: GridCommand, keys: GridKeys): boolean {
  const { selection, extent, columns, actions } = keys;
  const cursor = selection?.cursor;
  const drawn = cursor ? columns[cursor.column] : undefined;
  switch (command.do) {
    case 'move':
      keys.go(move(selection, command.how, extent, command.extend));
      return true;
    case 'selectAll': {
      const { first, last } = keys.loaded(Math.max(0, cursor?.row ?? 0));
      if (last <= first) return true;
      keys.go({
        anchor: { row: last - 1, column: extent.columns - 1 },
        cursor: { row: first, column: 0 },
      });
      if (last - first < extent.rows)
        keys.say(
          `Selected the ${(last - first).toLocaleString('en')} loaded rows around the cursor, not the whole list.`,
        );
      return true;
    }
    case 'copy':
      if (selection) keys.copy(command.header);
      return selection !== null;
    case 'clear': {
      const box = selection && boxOf(selection);
      if (!cursor) return false;
      keys.go(box && isRange(box) ? at(cursor.row, cursor.column) : null);
      return true;
    }
    case 'help':
      keys.onHelp();
      return true;
    case 'search':
      document.querySelector<HTMLElement>('[data-grid-search]')?.focus();
      return true;
    default:
      return drawn && cursor ? runOnCell(command, keys, drawn, cursor.row) : false;
  }
  function runOnCell(command: GridCommand, keys: GridKeys, drawn: DrawnColumn, row: number): boolean {
    if (command.do === 'resize') actions.resize(drawn, drawn.width + command.by);
    else if (command.do === 'menu') keys.onMenu(drawn);
    else if (command.do === 'salesforce') keys.openRecord(row, 'salesforce');
    else if (row < 0) {
      if (command.do === 'enter' && drawn.column.sortable) actions.toggleSort(drawn, command.shift);
      else if (command.do === 'whole') keys.onMenu(drawn);
    } else if (command.do === 'enter') {
      if (drawn.column.isName || !keys.openCell(row, drawn)) keys.openRecord(row, 'portal');
    } else if (command.do === 'whole') keys.openCell(row, drawn);
    return true;
  }
}
