'use client';

import { useDeferredValue, useMemo } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { RowLoader } from '../rows/row-loader';
import { count } from '../words';
import { type CellBox, isRange } from './selection';
import { summarise } from './summary';

interface SelectionSummaryProps {
  loader: RowLoader;
  columns: readonly DrawnColumn[];
  box: CellBox | null;
  locale: string;
}

/** What the selected cells amount to. */
export function SelectionSummary({ loader, columns, box, locale }: SelectionSummaryProps) {
  const later = useDeferredValue(box);
  const { version } = loader;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the loader has more rows
  const parts = useMemo(() => {
    if (!later || !isRange(later)) return [];
    const { filled, missing, numbers, dates, mixed } = summarise(later, columns, (row) =>
      loader.cache.find(row),
    );
    const list: Array<[string, string]> = [['Count', count(filled, locale)]];
    if (numbers) {
      const text = (value: number) => numbers.drawn.text(value, numbers.currency);
      if (numbers.sum !== null) list.push(['Sum', text(numbers.sum)]);
      list.push(['Average', text(numbers.average)], ['Min', text(numbers.min)], ['Max', text(numbers.max)]);
    } else if (dates) {
      list.push(['First', dates.drawn.text(dates.min, null)], ['Last', dates.drawn.text(dates.max, null)]);
    }
    if (mixed)
      list.push(['No sum', mixed === 'currencies' ? 'several currencies' : 'several kinds of numbers']);
    if (missing > 0) list.push(['Not loaded', `${count(missing, locale)} rows`]);
    return list;
  }, [later, columns, loader, version, locale]);
  if (parts.length === 0) return null;
  return (
    <dl
      aria-label="Summary of the selection"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 tabular-nums"
    >
      {parts.map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt>{name}</dt>
          <dd className="font-medium text-foreground">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
