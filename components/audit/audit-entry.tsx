import { Ban, ChevronRight, Link2, TriangleAlert } from 'lucide-react';
import { browserInWords } from '@/components/account/browser-in-words';
import type { Viewer } from '@/components/states/instant';
import type { AuditRow } from '@/lib/audit/types';
import { EntryDetails } from './entry-details';

/** One entry: when, who did what, from where; opens to everything that is known of it. */
export function AuditEntry({ row, viewer }: { row: AuditRow; viewer: Viewer }) {
  const { at, who, words, ip, userAgent, outcome, action } = row;
  return (
    <li data-action={action} data-outcome={outcome}>
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[1fr_auto] items-start gap-x-4 gap-y-1 px-5 py-3 hover:bg-row-hover lg:grid-cols-[11rem_1fr_12rem_5rem] [&::-webkit-details-marker]:hidden">
          <time dateTime={at} className="text-muted tabular-nums max-lg:order-2 max-lg:text-xs">
            {secondWords(at, viewer)}
          </time>
          <span className="min-w-0 break-words max-lg:order-1 max-lg:col-span-2">
            <span className="font-semibold">{who.name}</span> {words}
            <OutcomeBadge outcome={outcome} />
          </span>
          <span className="min-w-0 text-muted max-lg:order-4 max-lg:col-span-2 max-lg:text-xs">
            {ip ?? (who.kind === 'system' ? 'inside Orgdock' : 'unknown address')}
            {userAgent ? <span className="lg:block lg:text-xs"> {browserInWords(userAgent)}</span> : null}
          </span>
          <span className="flex items-center justify-end gap-2 text-muted max-lg:order-3">
            <Seal position={row.position} />
            <ChevronRight
              aria-hidden="true"
              className="size-4 transition-transform group-open:rotate-90 motion-reduce:transition-none"
            />
          </span>
        </summary>
        <EntryDetails row={row} viewer={viewer} />
      </details>
    </li>
  );
}

function OutcomeBadge({ outcome }: Pick<AuditRow, 'outcome'>) {
  if (outcome === 'done') return null;
  const denied = outcome === 'denied';
  const Icon = denied ? Ban : TriangleAlert;
  const tone = denied
    ? 'bg-danger-soft text-danger-soft-foreground'
    : 'bg-warning-soft text-warning-soft-foreground';
  return (
    <span
      className={`ml-2 inline-flex items-center gap-1 rounded-md px-1.5 text-xs leading-5 font-medium whitespace-nowrap ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3" />
      {denied ? 'Denied' : 'Failed'}
    </span>
  );
}

/** Sealed is the rule, so it is quiet; waiting is said. */
function Seal({ position }: Pick<AuditRow, 'position'>) {
  if (position === null) return <span className="text-xs">waiting</span>;
  return (
    <span title={`Sealed: link ${position} of the chain`}>
      <Link2 aria-hidden="true" className="size-3.5" />
      <span className="sr-only">sealed</span>
    </span>
  );
}

function secondWords(iso: string, { locale, timeZone }: Viewer): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(
    new Date(iso),
  );
}
