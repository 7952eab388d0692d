'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { OpenCell } from '../dialogs/cell-dialog';
import { LazyCellDialog, LazyHeaderMenu } from '../dialogs/lazy';
import type { DataGridModel } from '../state/use-data-grid';
import { GridViewport } from './grid-viewport';

interface GridTableViewProps {
  grid: DataGridModel;
  onHelp: () => void;
}

const LONG = new Set(['longText', 'richText', 'address', 'multiPicklist', 'text']);
/** Shorter text is seen whole. */
const LONG_FROM = 24;

/** The grid as a table, with what opens from its cells and headers. */
export function GridTableView({ grid, onHelp }: GridTableViewProps) {
  const { shown, columns, scroller, sort, columnActions } = grid;
  const [menu, setMenu] = useState<DrawnColumn | null>(null);
  const [cell, setCell] = useState<OpenCell | null>(null);
  const anchor = useRef<HTMLElement>(null);
  const openMenu = useCallback(
    (drawn: DrawnColumn) => {
      anchor.current = scroller.current?.querySelector(`[data-header="${drawn.index}"]`) ?? null;
      setMenu(drawn);
    },
    [scroller],
  );
  const openCell = (row: number, drawn: DrawnColumn) => {
    const found = shown.loader.cache.find(row);
    if (!found || !LONG.has(drawn.column.kind)) return false;
    const { window, index } = found;
    const value = window.values[drawn.at]?.[index] ?? null;
    const text = drawn.column.kind === 'longText' ? String(value ?? '') : drawn.text(value, null);
    if (text.length < LONG_FROM) return false;
    const html =
      drawn.column.kind === 'richText' ? { markup: String(value), baseUrl: shown.window.instanceUrl } : null;
    setCell({ title: drawn.column.label, text, html });
    return true;
  };
  const close = () => {
    setMenu(null);
    setCell(null);
  };
  // Only when what is open is gone: until then it draws the focus back to itself.
  const isOpen = menu !== null || cell !== null;
  useEffect(() => {
    const grid = scroller.current;
    return isOpen ? () => grid?.focus() : undefined;
  }, [isOpen, scroller]);
  return (
    <>
      <GridViewport
        scroller={scroller}
        handle={grid.handle}
        shown={shown}
        columns={columns}
        layout={grid.layout}
        sort={sort}
        actions={columnActions}
        pending={shown.pending}
        selecting={grid.selecting}
        onRest={grid.onRest}
        copy={(header) => void grid.copying.copy('tsv', header)}
        openCell={openCell}
        onMenu={openMenu}
        onHelp={onHelp}
        say={grid.copying.say}
      />
      {menu ? (
        <LazyHeaderMenu
          drawn={columns.all.find(({ at }) => at === menu.at) ?? menu}
          sort={sort}
          actions={columnActions}
          anchor={anchor}
          fixed={menu.index === 0 && menu.pinned}
          onClose={close}
        />
      ) : null}
      {cell ? <LazyCellDialog cell={cell} onClose={close} /> : null}
    </>
  );
}
