import type { DrawnColumn } from '../columns/drawn-column';
import type { ShownColumns } from '../columns/use-columns';
import { rowsBySlot } from '../rows/slots';
import type { Selection } from '../selection/selection';
import { boxOf } from '../selection/selection';
import type { ShownWindow } from '../state/use-grid-window';
import { count } from '../words';
import { GridRow } from './grid-row';

interface GridRowsProps {
  shown: ShownWindow;
  first: number;
  last: number;
  anchor: number;
  origin: number;
  slots: number;
  rowHeight: number;
  wrap: boolean;
  numbers: boolean;
  columns: ShownColumns;
  centre: DrawnColumn[];
  gap: number;
  selection: Selection | null;
  activeId: string;
}

/** The rows in view. */
export function GridRows(props: GridRowsProps) {
  const { shown, anchor, slots, rowHeight, columns, selection } = props;
  const { window, loader } = shown;
  const box = selection ? boxOf(selection) : null;
  return rowsBySlot(props).map((row) => {
    const found = loader.cache.find(row);
    const selected = box !== null && row >= box.top && row < box.bottom;
    return (
      <GridRow
        key={row % slots}
        window={window}
        rows={found?.window ?? null}
        index={found?.index ?? 0}
        row={row}
        top={(row - anchor) * rowHeight}
        height={rowHeight}
        wrap={props.wrap}
        numbers={props.numbers ? count(row + 1, window.locale) : null}
        pinned={columns.pinned}
        centre={props.centre}
        gap={props.gap}
        selectedFrom={selected ? box.left : 0}
        selectedTo={selected ? box.right : 0}
        active={selection?.cursor.row === row ? selection.cursor.column : -1}
        activeId={props.activeId}
        failed={found === null && loader.hasFailed(row)}
      />
    );
  });
}
