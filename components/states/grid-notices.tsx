import { ChevronRight, EyeOff, Info } from 'lucide-react';
import type { MissingColumn } from '@/lib/records/types';

interface GridNoticesProps {
  missing: readonly MissingColumn[];
  notices: readonly string[];
}

/** What the reader must know of this view: columns that are not there, so that none is taken for an empty one. */
export function GridNotices({ missing, notices }: GridNoticesProps) {
  return (
    <>
      {missing.length > 0 ? (
        <details className="group rounded-lg bg-warning-soft text-[0.8125rem] text-warning-soft-foreground">
          <summary className="flex cursor-pointer list-none items-center gap-2 rounded-lg px-3 py-1.5 [&::-webkit-details-marker]:hidden">
            <EyeOff aria-hidden="true" className="size-4 shrink-0" />
            <span className="min-w-0 truncate">
              Not shown:{' '}
              <strong className="font-semibold">{missing.map(({ name }) => name).join(', ')}</strong>
            </span>
            <span className="ml-auto inline-flex shrink-0 items-center gap-1 font-medium">
              Why
              <ChevronRight
                aria-hidden="true"
                className="size-3.5 transition-transform group-open:rotate-90"
              />
            </span>
          </summary>
          <dl className="max-h-48 space-y-1 overflow-auto px-3 pt-1 pb-2.5">
            {missing.map(({ name, words }) => (
              <div key={name} className="sm:flex sm:gap-3">
                <dt className="shrink-0 font-mono text-xs leading-5 sm:w-56 sm:truncate">{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      {notices.map((notice) => (
        <p
          key={notice}
          className="flex items-start gap-2 rounded-lg bg-accent-soft px-3 py-2 text-[0.8125rem] text-accent-soft-foreground"
        >
          <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {notice}
        </p>
      ))}
    </>
  );
}
