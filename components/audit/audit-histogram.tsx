import Link from 'next/link';
import type { ReactNode } from 'react';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { AuditBar, AuditFilter, AuditHistogram as Histogram } from '@/lib/audit/types';
import { auditHref } from './audit-href';

const numbers = new Intl.NumberFormat('en');

interface AuditHistogramProps {
  histogram: Histogram;
  filter: AuditFilter;
  viewer: Viewer;
}

/** When the entries of the filter were written: bars that narrow it to their time, and the same as a table. */
export function AuditHistogram({ histogram, filter, viewer }: AuditHistogramProps) {
  const { bars, total } = histogram;
  const highest = Math.max(1, ...bars.map(({ done, refused }) => done + refused));
  const [first, last] = [bars.at(0), bars.at(-1)];
  if (!first || !last || total === 0) return null;
  const hrefOf = ({ from, to }: AuditBar) => auditHref(filter, { period: 'custom', from, to, before: null });
  return (
    <HistogramFrame>
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.8125rem]">
        <span role="status">
          <span className="font-medium tabular-nums">{numbers.format(total)}</span>{' '}
          {total === 1 ? 'entry' : 'entries'}
        </span>
        <span className="flex gap-4 text-xs text-muted" aria-hidden="true">
          <Key tone="bg-accent" label="done" />
          <Key tone="bg-danger" label="denied or failed" />
        </span>
      </figcaption>
      <div aria-hidden="true" className="mt-3 flex h-24 items-stretch gap-px sm:gap-0.5">
        {bars.map((bar) => (
          <Bar key={bar.from} bar={bar} highest={highest} href={hrefOf(bar)} viewer={viewer} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-1.5 flex justify-between gap-4 text-xs text-muted">
        <span>{absoluteWords(first.from, viewer)}</span>
        <span className="text-right">{absoluteWords(last.to, viewer)}</span>
      </div>
      <BarTable bars={bars} hrefOf={hrefOf} viewer={viewer} />
    </HistogramFrame>
  );
}

/** The card of the histogram, also while its entries are counted. */
export function HistogramFrame({ busy = false, children }: { busy?: boolean; children?: ReactNode }) {
  return (
    <figure
      aria-label="Entries over time"
      aria-busy={busy}
      className="min-h-48 rounded-xl bg-surface px-5 pt-4 pb-3 shadow-surface"
    >
      {busy ? <p className="text-[0.8125rem] text-muted">Counting…</p> : children}
    </figure>
  );
}

function Key({ tone, label }: { tone: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`size-2.5 rounded-sm ${tone}`} />
      {label}
    </span>
  );
}

interface BarProps {
  bar: AuditBar;
  highest: number;
  href: string;
  viewer: Viewer;
}

/** For the mouse; with a keyboard the table leads to the same. */
function Bar({ bar, highest, href, viewer }: BarProps) {
  const { done, refused, from } = bar;
  const share = (count: number) => ({ height: `${(count / highest) * 100}%` });
  const shape = 'flex min-w-0 flex-1 flex-col justify-end';
  if (done + refused === 0) return <span className={`${shape} border-b border-separator`} />;
  return (
    <Link
      href={href}
      prefetch={false}
      tabIndex={-1}
      scroll={false}
      title={`${absoluteWords(from, viewer)}: ${numbers.format(done + refused)}`}
      className={`${shape} rounded-t-sm border-b border-border hover:bg-default`}
    >
      <span className="min-h-px rounded-t-sm bg-danger" style={share(refused)} hidden={refused === 0} />
      <span className="min-h-0.5 bg-accent first:rounded-t-sm" style={share(done)} hidden={done === 0} />
    </Link>
  );
}

function BarTable({
  bars,
  hrefOf,
  viewer,
}: {
  bars: AuditBar[];
  hrefOf: (bar: AuditBar) => string;
  viewer: Viewer;
}) {
  const filled = bars.filter(({ done, refused }) => done + refused > 0);
  return (
    <details className="mt-2 text-xs">
      <summary className="w-fit cursor-pointer text-muted hover:text-foreground">As a table</summary>
      <table className="mt-2 w-full max-w-xl text-left tabular-nums">
        <caption className="sr-only">Entries over time</caption>
        <thead className="text-muted">
          <tr>
            {['From', 'Done', 'Denied or failed'].map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-separator">
          {filled.map((bar) => (
            <tr key={bar.from}>
              <td className="py-1 pr-4">
                <Link href={hrefOf(bar)} prefetch={false} scroll={false} className="inline-link">
                  {absoluteWords(bar.from, viewer)}
                </Link>
              </td>
              <td className="pr-4">{numbers.format(bar.done)}</td>
              <td>{numbers.format(bar.refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
