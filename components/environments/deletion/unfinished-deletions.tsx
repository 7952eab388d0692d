import { CircleSlash } from 'lucide-react';
import Link from 'next/link';
import type { EnvironmentDeletion } from '@/lib/custody/types';

/** Deleted environments some of whose grants no org has confirmed as ended. */
export function UnfinishedDeletions({ deletions }: { deletions: EnvironmentDeletion[] }) {
  if (deletions.length === 0) return null;
  return (
    <ul aria-label="Deleted environments" className="mb-6 space-y-2">
      {deletions.map(({ slug, name, connections, confirmed }) => (
        <li
          key={slug}
          className="flex gap-2.5 rounded-xl border border-border bg-surface px-4 py-3 text-[0.8125rem]"
        >
          <CircleSlash aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          <p>
            {name} was deleted; {confirmed} of {connections} grants have ended for certain.{' '}
            <Link href={`/admin/environments/${slug}`} className="text-link hover:underline">
              How far {name} is revoked
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
