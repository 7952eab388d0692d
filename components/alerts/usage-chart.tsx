import type { Viewer } from '@/components/states/instant';
import type { UsageDay } from '@/lib/custody/usage/types';
import { formatDate } from '@/lib/format/dates';
import { formatNumber } from '@/lib/format/numbers';

/** Rows read on each day as bars, and the same as a table. */
export function UsageChart({ days, viewer }: { days: UsageDay[]; viewer: Viewer }) {
  const highest = Math.max(1, ...days.map(({ rows }) => rows));
  const total = days.reduce((sum, { rows }) => sum + rows, 0);
  const number = (value: number) => formatNumber(value, { locale: viewer.locale, scale: 0 });
  const date = (day: string | undefined) => formatDate(day ?? '', viewer);
  return (
    <figure aria-label="Rows read by day">
      <figcaption className="text-[0.8125rem]">
        <span className="font-medium tabular-nums">{number(total)}</span> {total === 1 ? 'row' : 'rows'} in
        the last {days.length} days
      </figcaption>
      <div aria-hidden="true" className="mt-3 flex h-20 items-end gap-px sm:gap-1">
        {days.map(({ day, rows }) => (
          <span
            key={day}
            title={`${date(day)}: ${number(rows)}`}
            className="flex h-full min-w-0 flex-1 flex-col justify-end border-b border-border"
          >
            <span
              className="min-h-0.5 rounded-t-sm bg-accent"
              style={{ height: `${(rows / highest) * 100}%` }}
              hidden={rows === 0}
            />
          </span>
        ))}
      </div>
      <div aria-hidden="true" className="mt-1.5 flex justify-between gap-4 text-xs text-muted">
        <span>{date(days.at(0)?.day)}</span>
        <span>{date(days.at(-1)?.day)}</span>
      </div>
      {total === 0 ? null : (
        <details className="mt-2 text-xs">
          <summary className="w-fit cursor-pointer text-muted hover:text-foreground">As a table</summary>
          <table className="mt-2 w-full max-w-xs text-left tabular-nums">
            <caption className="sr-only">Rows read by day</caption>
            <thead className="text-muted">
              <tr>
                <th scope="col" className="py-1 pr-4 font-medium">
                  Day
                </th>
                <th scope="col" className="py-1 text-right font-medium">
                  Rows
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-separator">
              {days
                .filter(({ rows }) => rows > 0)
                .map(({ day, rows }) => (
                  <tr key={day}>
                    <td className="py-1 pr-4">{date(day)}</td>
                    <td className="text-right">{number(rows)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      )}
    </figure>
  );
}
