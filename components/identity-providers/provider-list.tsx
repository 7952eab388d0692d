import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Instant, type Viewer } from '@/components/states/instant';
import type { IdentityProviderDetail } from '@/lib/environments/identity-providers/types';
import { ProviderState } from './provider-state';

interface ProviderListProps {
  providers: IdentityProviderDetail[];
  viewer: Viewer;
}

/** All identity providers, each a link to its page. */
export function ProviderList({ providers, viewer }: ProviderListProps) {
  return (
    <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
      {providers.map(({ id, slug, name, issuer, enabled, lastSignInAt }) => (
        <li key={id} className="relative flex items-center gap-4 px-5 py-4 hover:bg-row-hover">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/admin/identity-providers/${slug}`}
                className="font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
              >
                {name}
              </Link>
              <ProviderState enabled={enabled} />
            </p>
            <p className="mt-1 truncate text-muted">{issuer}</p>
            <p className="mt-1 text-xs text-muted">
              {lastSignInAt ? (
                <>
                  Last sign-in <Instant iso={lastSignInAt} viewer={viewer} />
                </>
              ) : (
                'Nobody has signed in through it yet'
              )}
            </p>
          </div>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}
