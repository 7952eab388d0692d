import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import type { EnvironmentDetail } from '@/lib/environments/types';

/** All environments, each a link to its form. */
export function EnvironmentList({ environments }: { environments: EnvironmentDetail[] }) {
  return (
    <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
      {environments.map(({ id, slug, name, kind, origin, allowSignIn, hasSecret, expectedOrg }) => (
        <li key={id} className="relative flex items-center gap-4 px-5 py-4 hover:bg-row-hover">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/admin/environments/${slug}`}
                className="font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
              >
                {name}
              </Link>
              <EnvironmentBadge kind={kind} />
            </p>
            <p className="mt-1 truncate text-muted">{origin}</p>
            <p className="mt-1 text-xs text-muted">
              {[
                allowSignIn ? 'Open for signing in' : 'Not open for signing in',
                hasSecret ? 'Secret stored' : 'No secret',
                expectedOrg ? `Pinned to ${expectedOrg.name ?? expectedOrg.id}` : 'Org not pinned',
              ].join(' · ')}
            </p>
          </div>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}
