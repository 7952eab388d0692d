'use client';

import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { type DragEvent, memo, useState } from 'react';
import type { SortKey } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { sortOf } from '../columns/sorting';
import type { ColumnActions } from '../columns/use-column-actions';
import { resizeHandlers } from './resize-handlers';

export interface HeaderCellProps {
  drawn: DrawnColumn;
  last: boolean;
  sort: SortKey[];
  actions: ColumnActions;
  /** Id of the cell that the cursor is on. */
  activeId: string | null;
  onMenu: (drawn: DrawnColumn) => void;
}

const DRAGGED = 'application/x-orgdock-column';

/** A column's name: sorts on click, is dragged to its place, has a menu, and an edge that changes its width. */
export const HeaderCell = memo(function HeaderCell(props: HeaderCellProps) {
  const { drawn, last, sort, actions, activeId, onMenu } = props;
  const { column, end, index, pinned, widthCss, leftCss } = drawn;
  const [over, setOver] = useState(false);
  const sorted = sortOf(sort, column.name);
  const Icon = sorted?.direction === 'descending' ? ArrowDown : ArrowUp;
  const label = <span className="truncate">{column.label}</span>;
  const shape = `flex h-full min-w-0 flex-1 items-center gap-1 text-xs font-medium ${end ? 'justify-end pr-3 text-right' : 'pl-3'} ${sorted ? 'text-foreground' : 'text-muted'}`;
  return (
    <div
      role="columnheader"
      id={activeId ?? undefined}
      aria-colindex={index + 1}
      aria-haspopup="menu"
      aria-keyshortcuts="Alt+ArrowDown"
      aria-sort={column.sortable ? (sorted?.direction ?? 'none') : undefined}
      data-header={index}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, column.name);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        setOver(false);
        const name = event.dataTransfer.getData(DRAGGED);
        if (name !== '' && name !== column.name) actions.moveTo(name, drawn);
      }}
      className={`group/head relative flex shrink-0 items-center ${end ? 'flex-row-reverse pl-1' : 'pr-1'} ${pinned ? 'sticky z-10' : ''} ${over ? 'bg-accent-soft' : 'bg-surface-secondary'} ${last ? 'border-r border-separator' : ''} ${activeId === null ? '' : 'ring-2 ring-focus ring-inset'}`}
      style={leftCss === null ? { width: widthCss } : { width: widthCss, left: leftCss }}
    >
      {column.sortable ? (
        <button
          type="button"
          tabIndex={-1}
          title={`${column.label}: sort. Hold Shift to sort by several columns.`}
          onClick={(event) => actions.toggleSort(drawn, event.shiftKey)}
          className={`${shape} cursor-pointer hover:text-foreground focus-visible:-outline-offset-2`}
        >
          {label}
          {sorted ? <Icon aria-hidden="true" className="size-3.5 shrink-0 text-accent" /> : null}
          {sorted && sort.length > 1 ? (
            <span aria-hidden="true" className="text-[0.6875rem] text-accent tabular-nums">
              {sorted.place + 1}
            </span>
          ) : null}
        </button>
      ) : (
        <span className={shape} title={column.label}>
          {label}
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        title={`Menu of ${column.label} (Alt+↓)`}
        onClick={() => onMenu(drawn)}
        className={`grid size-5 shrink-0 cursor-pointer place-items-center rounded text-muted opacity-0 group-hover/head:opacity-100 hover:bg-default hover:text-foreground focus-visible:opacity-100 ${activeId === null ? '' : 'opacity-100'}`}
      >
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </button>
      <span
        role="presentation"
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        {...resizeHandlers(drawn, actions)}
        className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-[3px] after:w-0.5 after:rounded-full hover:after:bg-accent active:after:bg-accent"
      />
    </div>
  );
});
