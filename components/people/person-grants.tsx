import Link from 'next/link';
import { SetUpBadge } from '@/components/grants/set-up-badge';
import { EnvironmentName } from '@/components/states/environment-badge';
import { HealthBadge } from '@/components/states/health-badge';
import { Instant, type Viewer } from '@/components/states/instant';
import type { GrantRow } from '@/lib/connections/types';

/** What somebody holds, each a link to its custody page. Says how far a revocation is. */
export function PersonGrants({ grants, viewer }: { grants: GrantRow[]; viewer: Viewer }) {
  if (grants.length === 0) return <p className="text-muted">Holds none.</p>;
  return (
    <ul className="divide-y divide-separator">
      {grants.map(({ id, environment, orgName, orgId, username, health, purpose, lastUsedAt }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
          <div className="min-w-0">
            <EnvironmentName {...environment} />
            <p className="mt-1 text-[0.8125rem]">
              <Link href={`/admin/connections/${id}`} prefetch={false} className="inline-link">
                {orgName ?? orgId} as {username}
              </Link>
              <span className="text-muted">
                {' '}
                ·{' '}
                {lastUsedAt ? (
                  <>
                    used <Instant iso={lastUsedAt} viewer={viewer} />
                  </>
                ) : (
                  'never used'
                )}
              </span>
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            {purpose === 'bootstrap' ? <SetUpBadge /> : null}
            <HealthBadge health={health} />
          </div>
        </li>
      ))}
    </ul>
  );
}
