import { EyeOff, Info } from 'lucide-react';
import type { GridWindow } from '@/lib/records/types';

/** What the reader must know of this view: hidden columns, so that none is taken for an empty one, and notices. */
export function GridNotices({ window: { hiddenColumns, notices } }: { window: GridWindow }) {
  return (
    <>
      {hiddenColumns.length > 0 ? (
        <p className="flex items-start gap-2 rounded-lg bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning-soft-foreground">
          <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            Not shown: <strong className="font-semibold">{hiddenColumns.join(', ')}</strong>. Salesforce does
            not show {hiddenColumns.length === 1 ? 'it' : 'them'} to this user: hidden by field-level
            security, or not in this org.
          </span>
        </p>
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
