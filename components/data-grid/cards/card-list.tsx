'use client';

import { useRef } from 'react';
import { useInternalLinks } from '../body/use-internal-links';
import { useRowScroll } from '../rows/use-row-scroll';
import { useViewportHandle } from '../rows/use-viewport-handle';
import type { DataGridModel } from '../state/use-data-grid';
import { RecordCard } from './record-card';

/** Fields of a card below its title. */
const FIELDS = 5;
const SLOTS = 64;

/** The grid on a phone: a card for each record, of any number. */
export function CardList({ grid }: { grid: DataGridModel }) {
  const { shown, columns, cardsHandle } = grid;
  const { window, loader } = shown;
  const scroller = useRef<HTMLElement>(null);
  const { total } = loader.cache;
  const [title, ...others] = columns.all;
  const fields = others.slice(0, FIELDS);
  const cardHeight = 64 + fields.length * 22;
  const rows = useRowScroll({
    scroller,
    total,
    rowHeight: cardHeight,
    head: 0,
    list: loader,
    start: Math.min(shown.asked.row, Math.max(1, total)) - 1,
    onView: (first, last) => loader.want(first, last),
    onRest: grid.onRest,
  });
  useViewportHandle(cardsHandle, rows);
  useInternalLinks(scroller);
  const cards = [];
  for (let row = rows.first; row < rows.last; row++) {
    const found = loader.cache.find(row);
    cards.push(
      <RecordCard
        key={row % SLOTS}
        window={window}
        rows={found?.window ?? null}
        index={found?.index ?? 0}
        failed={found === null && loader.hasFailed(row)}
        row={row}
        total={total}
        top={(row - rows.anchor) * cardHeight}
        height={cardHeight}
        title={title}
        fields={fields}
      />,
    );
  }
  return (
    <section
      ref={scroller}
      tabIndex={0}
      aria-label={window.labelPlural}
      aria-busy={shown.pending}
      className={`relative -mx-1 min-h-48 flex-1 overflow-y-auto overscroll-contain px-1 focus-visible:outline-2 focus-visible:outline-focus ${shown.pending ? 'opacity-60' : ''}`}
    >
      <div role="list" className="relative" style={{ height: rows.height }}>
        <div role="presentation" className="absolute inset-x-0" style={{ top: rows.layerTop }}>
          {cards}
        </div>
      </div>
    </section>
  );
}
