'use client';

import { memo } from 'react';
import type { GridState } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { HEAD_HEIGHT } from '../rows/row-height';
import { HeaderCell } from './header-cell';

interface HeaderRowProps {
  pinned: DrawnColumn[];
  centre: DrawnColumn[];
  gap: number;
  numbers: boolean;
  sort: GridState['sort'];
  onSort: (sort: GridState['sort']) => void;
}

/** Names of the columns in view; stays on top. */
export const HeaderRow = memo(function HeaderRow(props: HeaderRowProps) {
  const { pinned, centre, gap, numbers, ...rest } = props;
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
        {pinned.map((drawn) => (
          <HeaderCell
            key={drawn.column.name}
            drawn={drawn}
            last={drawn.index === pinned.length - 1}
            {...rest}
          />
        ))}
        {gap > 0 ? <div aria-hidden="true" className="shrink-0" style={{ width: gap }} /> : null}
        {centre.map((drawn) => (
          <HeaderCell key={drawn.column.name} drawn={drawn} last={false} {...rest} />
        ))}
      </div>
    </div>
  );
});
