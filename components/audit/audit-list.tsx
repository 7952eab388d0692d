import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/states/empty-state';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { AuditPage } from '@/lib/audit/types';
import { AuditEntry } from './audit-entry';

interface AuditListProps {
  page: AuditPage;
  viewer: Viewer;
  /** Whether these are older ones already. */
  isOlder: boolean;
  /** Whether a filter leaves entries out, apart from their age. */
  narrowed: boolean;
  newestHref: string;
  olderHref: string | null;
}

/** The entries, the newest first, each of which opens. */
export function AuditList({ page, viewer, isOlder, narrowed, newestHref, olderHref }: AuditListProps) {
  if (page.rows.length === 0)
    return <Nothing isOlder={isOlder} narrowed={narrowed} newestHref={newestHref} />;
  return (
    <div>
      <ol
        aria-label="Entries, newest first"
        className="divide-y divide-separator rounded-xl bg-surface text-[0.8125rem] shadow-surface"
      >
        {page.rows.map((row) => (
          <AuditEntry key={row.id} row={row} viewer={viewer} />
        ))}
      </ol>
      {isOlder || olderHref ? (
        <nav aria-label="Pages" className="mt-4 flex flex-wrap gap-4">
          {isOlder ? (
            <Link href={newestHref} prefetch={false} className="inline-link">
              Show the newest
            </Link>
          ) : null}
          {olderHref ? (
            <Link href={olderHref} prefetch={false} className="inline-link">
              Show older
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}

function Nothing({
  isOlder,
  narrowed,
  newestHref,
}: Pick<AuditListProps, 'isOlder' | 'narrowed' | 'newestHref'>) {
  return (
    <EmptyState
      Icon={ScrollText}
      title={narrowed ? 'No entry fits' : isOlder ? 'No older entry' : 'No entry in this time'}
      actions={
        isOlder ? (
          <LinkButton href={newestHref}>Show the newest</LinkButton>
        ) : (
          <LinkButton href="/admin/audit?period=all">Show all entries</LinkButton>
        )
      }
    >
      {narrowed
        ? 'Look for a part of a name, an id, an address, or in another time.'
        : 'Choose another time.'}
    </EmptyState>
  );
}
