import { Building2, ChevronRight, Target } from 'lucide-react';
import Link from 'next/link';
import { ServiceBadge } from '@/components/service/service-badge';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { HealthBadge } from '@/components/states/health-badge';
import { Instant, type Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { ConnectionSummary } from '@/lib/connections/types';

interface ConnectionCardProps {
  connection: ConnectionSummary;
  /** Its environment is open to the reader. */
  readable: boolean;
  viewer: Viewer;
}

/** One connection: whose, where, how it is, and the way to its records. */
export function ConnectionCard({ connection, readable, viewer }: ConnectionCardProps) {
  const { id, environment, orgName, orgId, username, userDisplayName, health, problem, lastUsedAt, service } =
    connection;
  const usable = readable && (health === 'healthy' || health === 'refreshing');
  return (
    <article
      data-environment={environment.kind}
      data-color={environment.color ?? undefined}
      aria-labelledby={`connection-${id}`}
      className="environment-line flex w-full flex-col rounded-xl border-t-4 bg-surface p-5 pt-4 shadow-surface"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex min-w-0 items-center gap-2">
          <EnvironmentBadge {...environment} />
          {environment.name.toLowerCase() === environment.kind ? null : (
            <span className="truncate text-xs text-muted">{environment.name}</span>
          )}
        </div>
        <div className="flex gap-2">
          {service ? <ServiceBadge /> : null}
          <HealthBadge health={health} />
        </div>
      </div>
      <h2 id={`connection-${id}`} className="mt-4 text-lg leading-6 font-semibold tracking-tight">
        <Link href={`/connections/${id}`} className="rounded-sm hover:underline">
          {service?.name ?? orgName ?? `${environment.name} ${orgId}`}
        </Link>
      </h2>
      <p className="mt-0.5 truncate text-muted" title={username}>
        {service ? `${orgName ?? orgId} · runs as ` : `${userDisplayName} · `}
        {username}
      </p>
      {environment.status === 'disabled' ? (
        <p className="mt-3 rounded-lg bg-surface-secondary px-3 py-2 text-[0.8125rem]">
          Disabled by an administrator: nothing is read through it for now, and it is kept alive.
        </p>
      ) : null}
      {problem ? (
        <p className="mt-3 line-clamp-3 rounded-lg bg-surface-secondary px-3 py-2 text-[0.8125rem]">
          {problem.message}
        </p>
      ) : null}
      <div className="mt-auto flex flex-wrap items-end justify-between gap-3 pt-5">
        <p className="text-xs text-muted">
          {lastUsedAt ? (
            <>
              Last used <Instant iso={lastUsedAt} viewer={viewer} />
            </>
          ) : (
            'Not used yet'
          )}
        </p>
        <div className="flex flex-wrap gap-2">
          {usable ? (
            <>
              <LinkButton href={`/connections/${id}/accounts`} size="sm" variant="primary">
                <Building2 aria-hidden="true" />
                Accounts
              </LinkButton>
              <LinkButton href={`/connections/${id}/opportunities`} size="sm" variant="tertiary">
                <Target aria-hidden="true" />
                Opportunities
              </LinkButton>
            </>
          ) : (
            <LinkButton href={`/connections/${id}`} size="sm" variant="tertiary">
              See what to do
              <ChevronRight aria-hidden="true" />
            </LinkButton>
          )}
        </div>
      </div>
    </article>
  );
}
