'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';

const ROWS = 50_000;
const COLUMNS = 12;
const ROW_HEIGHT = 36;

const columns = Array.from({ length: COLUMNS }, (_, column) => column);

const Row = memo(function Row({ row, top }: { row: number; top: number }) {
  const style = { height: ROW_HEIGHT, transform: `translateY(${top}px)`, display: 'flex' } as const;
  return (
    <div style={{ ...style, position: 'absolute', top: 0 }}>
      {columns.map((column) => (
        <div key={column} style={{ width: 150, overflow: 'hidden', whiteSpace: 'nowrap' }}>
          {`Row ${row + 1}, column ${column + 1}`}
        </div>
      ))}
    </div>
  );
});

/** A virtual list of plain text: as many rows and columns as the grid has, and none of what it can do. */
export default function ListPage() {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ROWS,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  return (
    <div ref={scroller} data-list style={{ height: 640, overflow: 'auto' }}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => (
          <Row key={key} row={index} top={start} />
        ))}
      </div>
    </div>
  );
}
