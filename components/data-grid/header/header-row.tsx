'use client';

import { memo } from 'react';
import type { SortKey } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import type { ColumnActions } from '../columns/use-column-actions';
import { HEAD_HEIGHT } from '../rows/row-height';
import { HeaderCell } from './header-cell';

interface HeaderRowProps {
  pinned: DrawnColumn[];
  centre: DrawnColumn[];
  gap: number;
  numbers: boolean;
  sort: SortKey[];
  actions: ColumnActions;
  /** The column with the cursor; -1: it is not on the header. */
  active: number;
  activeId: string;
  onMenu: (drawn: DrawnColumn) => void;
}

/** Names of the columns in view; stays on top. */
export const HeaderRow = memo(function HeaderRow(props: HeaderRowProps) {
  const { pinned, centre, gap, numbers, sort, actions, active, activeId, onMenu } = props;
  const cell = (drawn: DrawnColumn, last: boolean) => (
    <HeaderCell
      key={drawn.column.name}
      drawn={drawn}
      last={last}
      sort={sort}
      actions={actions}
      activeId={drawn.index === active ? activeId : null}
      onMenu={onMenu}
    />
  );
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        role="row"
        aria-rowindex={1}
        className="flex border-b border-border bg-surface-secondary"
        style={{ height: HEAD_HEIGHT }}
      >
        {numbers ? (
          <div aria-hidden="true" className="sticky left-0 z-10 w-[60px] shrink-0 bg-surface-secondary" />
        ) : null}
        {pinned.map((drawn) => cell(drawn, drawn.index === pinned.length - 1))}
        {gap > 0 ? <div aria-hidden="true" className="shrink-0" style={{ width: gap }} /> : null}
        {centre.map((drawn) => cell(drawn, false))}
      </div>
    </div>
  );
});
