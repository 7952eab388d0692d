import { memo } from 'react';
import type { GridWindow, RowWindow } from '@/lib/records/types';
import { cellContent } from '../body/cell-content';
import type { DrawnColumn } from '../columns/drawn-column';

interface RecordCardProps {
  window: GridWindow;
  /** The window that holds the record; null: it is not here yet. */
  rows: RowWindow | null;
  index: number;
  /** Its window did not come. */
  failed: boolean;
  row: number;
  total: number;
  top: number;
  height: number;
  title: DrawnColumn | undefined;
  fields: DrawnColumn[];
}

const GAP = 10;

/** One record on a phone: its name, and some of its fields with their labels. */
export const RecordCard = memo(function RecordCard(props: RecordCardProps) {
  const { rows, failed, row, total, top, height, title, fields } = props;
  return (
    <div
      role="listitem"
      aria-setsize={total}
      aria-posinset={row + 1}
      aria-busy={(rows === null && !failed) || undefined}
      className="absolute inset-x-0 top-0 overflow-hidden rounded-xl bg-surface px-4 py-3 text-[0.8125rem] shadow-surface"
      style={{ height: height - GAP, transform: `translateY(${top}px)` }}
    >
      <p className="truncate pb-1 text-sm font-semibold">
        {failed ? (
          <span className="font-normal text-muted">Not loaded</span>
        ) : title ? (
          content(props, title)
        ) : null}
      </p>
      <dl>
        {fields.map((drawn) => (
          <div key={drawn.column.name} className="flex h-[22px] gap-3">
            <dt className="w-32 shrink-0 truncate text-muted">{drawn.column.label}</dt>
            <dd className="min-w-0 flex-1 truncate">{content(props, drawn)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
});

function content({ window, rows, index, failed }: RecordCardProps, drawn: DrawnColumn) {
  if (rows === null) {
    if (failed) return null;
    return <span aria-hidden="true" className="inline-block h-2 w-3/5 rounded-full bg-default" />;
  }
  return cellContent({
    window,
    drawn,
    id: rows.ids[index] ?? '',
    value: rows.values[drawn.at]?.[index] ?? null,
    currency: rows.currencies?.[index] ?? null,
  });
}
