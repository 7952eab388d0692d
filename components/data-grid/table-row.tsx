import { memo } from 'react';
import type { GridWindow } from '@/lib/records/types';
import { Cell } from './cell';
import { isQuantity } from './grid-table';

interface TableRowProps {
  window: GridWindow;
  /** Index of the record in the window. */
  index: number;
}

/** One record. Drawn once while it is in view: scrolling does not draw it again. */
export const TableRow = memo(function TableRow({ window, index }: TableRowProps) {
  const position = (window.state.page - 1) * window.pageSize + index;
  return (
    <tr aria-rowindex={position + 2} className="group h-10 hover:bg-row-hover">
      {window.columns.map((column, at) => {
        const shape = `h-10 border-b border-separator px-3 py-0 ${isQuantity(column.kind) ? 'text-right tabular-nums' : 'text-left'}`;
        const value = window.values[at]?.[index] ?? null;
        return at === 0 ? (
          <th
            key={column.name}
            scope="row"
            className={`${shape} sticky left-0 z-10 truncate border-r border-r-separator bg-surface font-normal group-hover:bg-row-hover`}
          >
            <Cell window={window} column={column} row={index} value={value} />
          </th>
        ) : (
          <td key={column.name} className={`${shape} truncate`} suppressHydrationWarning>
            <Cell window={window} column={column} row={index} value={value} />
          </td>
        );
      })}
    </tr>
  );
});
