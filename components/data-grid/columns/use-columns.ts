'use client';

import { useMemo } from 'react';
import type { GridLayout, GridState, GridWindow } from '@/lib/records/types';
import { columnOrder } from './column-order';
import { cellShape, type DrawnColumn, labelsOf, standsAtEnd, textOf, widthProperty } from './drawn-column';
import { definitionsOf, NO_ROWS, useAppTable } from './grid-table';

export const NUMBERS_WIDTH = 60;

/** The shown columns in their order: pinned ones, with the name first, and the others. */
export interface ShownColumns {
  all: DrawnColumn[];
  pinned: DrawnColumn[];
  centre: DrawnColumn[];
  /** Pixels that pinned columns and row numbers take. */
  pinnedWidth: number;
  totalWidth: number;
  /** Custom properties with the widths. */
  style: Record<string, string>;
}

export function useColumns(
  window: GridWindow,
  state: GridState,
  layout: GridLayout,
  sort: GridState['sort'],
) {
  const definitions = useMemo(() => definitionsOf(window.columns), [window.columns]);
  const { order, pinned } = useMemo(
    () => columnOrder(window.columns, state.columns, layout.pinned),
    [window.columns, state.columns, layout.pinned],
  );
  const shownDefinitions = useMemo(() => {
    const shown = new Set(order);
    return definitions.filter(({ id }) => id !== undefined && shown.has(id));
  }, [definitions, order]);
  const sorting = useMemo(
    () => sort.map(({ field, descending }) => ({ id: field, desc: descending })),
    [sort],
  );
  const table = useAppTable({
    data: NO_ROWS,
    columns: shownDefinitions,
    state: {
      sorting,
      columnOrder: order,
      columnPinning: { start: pinned, end: [] },
      columnSizing: layout.widths,
    },
  });
  const { rowNumbers, widths } = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is one object; named is what it holds
  return useMemo<ShownColumns>(() => {
    const places = new Map(window.columns.map(({ name }, at) => [name, at]));
    const numbers = rowNumbers ? NUMBERS_WIDTH : 0;
    const left = [`${numbers}px`];
    const style: Record<string, string> = {};
    let pinnedWidth = numbers;
    const draw = (id: string, index: number, isPinned: boolean): DrawnColumn[] => {
      const at = places.get(id) ?? -1;
      const column = window.columns[at];
      if (!column) return [];
      const width = table.getColumn(id)?.getSize() ?? widths[id] ?? 180;
      const property = widthProperty(at);
      style[property] = `${width}px`;
      const leftCss = isPinned ? `calc(${left.join(' + ')})` : null;
      if (isPinned) {
        left.push(`var(${property})`);
        pinnedWidth += width;
      }
      const end = standsAtEnd(column);
      return [
        {
          column,
          at,
          index,
          pinned: isPinned,
          width,
          widthCss: `var(${property})`,
          leftCss,
          end,
          ...cellShape(isPinned, isPinned && index === pinned.length - 1, end),
          style: { width: `var(${property})`, ...(leftCss === null ? {} : { left: leftCss }) },
          labels: labelsOf(column),
          text: textOf(column, window),
        },
      ];
    };
    const start = table.getStartLeafColumns().flatMap(({ id }, index) => draw(id, index, true));
    const centre = table
      .getCenterLeafColumns()
      .flatMap(({ id }, index) => draw(id, start.length + index, false));
    const totalWidth = centre.reduce((sum, { width }) => sum + width, pinnedWidth);
    style['--grid-width'] = `${totalWidth}px`;
    return { all: [...start, ...centre], pinned: start, centre, pinnedWidth, totalWidth, style };
  }, [window, shownDefinitions, order, pinned, widths, rowNumbers]);
}
