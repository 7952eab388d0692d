import Link from 'next/link';
import type { ReactNode } from 'react';
import { isAlive } from '@/components/custody/forecast-card';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { HealthBadge } from '@/components/states/health-badge';
import { Instant, type Viewer } from '@/components/states/instant';
import type { GrantRow } from '@/lib/connections/types';
import { formatDay } from '@/lib/format/dates';
import { GrantHead } from './grant-head';
import type { ListState } from './list-href';
import { SetUpBadge } from './set-up-badge';

const COLUMNS: ReadonlyArray<{ label: string; sort: string | null }> = [
  { label: 'Held by', sort: 'owner' },
  { label: 'Environment', sort: 'environment' },
  { label: 'Org and user', sort: 'org' },
  { label: 'Health', sort: null },
  { label: 'Scopes', sort: null },
  { label: 'Refreshed', sort: 'retrieved' },
  { label: 'Last used', sort: 'used' },
  { label: 'Ends', sort: 'ends' },
  { label: 'Generation', sort: 'generation' },
];

interface GrantTableProps {
  grants: GrantRow[];
  state: ListState;
  viewer: Viewer;
}

/** All grants with who holds them and how they are; a card each on a phone. Sorting is a link. */
export function GrantTable({ grants, state, viewer }: GrantTableProps) {
  return (
    <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface lg:table">
      <caption className="sr-only">All grants</caption>
      <thead className="hidden text-left text-xs text-muted lg:table-header-group">
        <tr>
          {COLUMNS.map((column) => (
            <GrantHead key={column.label} {...column} state={state} />
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator lg:table-row-group">
        {grants.map((grant) => (
          <Row key={grant.id} grant={grant} viewer={viewer} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ grant, viewer }: { grant: GrantRow; viewer: Viewer }) {
  const { id, owner, name, environment, orgName, orgId, username, health, scopes, lastUsedAt, lastUsedBy } =
    grant;
  return (
    <tr className="relative block px-5 py-4 hover:bg-row-hover lg:table-row lg:p-0">
      <Cell>
        <Link
          href={`/admin/connections/${id}`}
          prefetch={false}
          className="rounded-sm font-semibold after:absolute after:inset-0 hover:underline lg:after:content-none"
        >
          {owner ?? name ?? 'The portal'}
        </Link>
        {owner ? null : <span className="block text-xs text-muted">Service connection</span>}
      </Cell>
      <Cell label="Environment">
        <EnvironmentBadge {...environment} />
        {environment.name.toLowerCase() === environment.kind ? null : (
          <span className="block text-xs text-muted">{environment.name}</span>
        )}
      </Cell>
      <Cell label="Org">
        {orgName ?? orgId}
        <span className="block break-all text-xs text-muted">{username}</span>
      </Cell>
      <Cell label="Health">
        <HealthBadge health={health} />
        {grant.purpose === 'bootstrap' ? (
          <div className="mt-1">
            <SetUpBadge />
          </div>
        ) : null}
      </Cell>
      <Cell label="Scopes">
        <span className="text-xs text-muted">{scopes.join(', ')}</span>
      </Cell>
      <Cell label="Refreshed">
        <Instant iso={grant.retrievedAt} viewer={viewer} />
      </Cell>
      <Cell label="Last used">
        {lastUsedAt ? (
          <Instant iso={lastUsedAt} viewer={viewer} />
        ) : (
          <span className="text-muted">Never</span>
        )}
        {lastUsedBy ? <span className="block text-xs text-muted">by {lastUsedBy}</span> : null}
      </Cell>
      <Cell label="Ends">{endWords(grant, viewer)}</Cell>
      <Cell label="Generation">
        <span className="tabular-nums">{grant.generation}</span>
      </Cell>
    </tr>
  );
}

/** On a phone the label stands beside the value; on a wide screen the head of the column says it. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[6.5rem_1fr] gap-x-3 py-0.5 align-top first:block lg:table-cell lg:px-3 lg:py-3 lg:first:table-cell lg:first:pl-5 lg:last:pr-5">
      {label ? <span className="text-muted lg:hidden">{label}</span> : null}
      <div className="min-w-0">{children}</div>
    </td>
  );
}

function endWords({ health, forecast }: GrantRow, viewer: Viewer): ReactNode {
  const { endsAt, keepAlive } = forecast;
  if (!isAlive(health)) return <span className="text-muted">Has ended</span>;
  if (endsAt === null) return <span className="text-muted">No limit known</span>;
  const { locale, timeZone, now } = viewer;
  return (
    <>
      {formatDay(endsAt, { locale, timeZone, now: new Date(now) })}
      {keepAlive ? null : <span className="block text-xs text-warning-soft-foreground">not kept alive</span>}
    </>
  );
}
