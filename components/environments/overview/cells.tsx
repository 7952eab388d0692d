import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { FLOWS } from '@/components/service/flow-words';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ConnectionFlow, EnvironmentOverview } from '@/lib/custody/environment-overview/types';
import { ACCESSES } from '../choices';

interface CellProps {
  environment: EnvironmentOverview;
}

/** Name, kind and status; what is production is marked by icon and word. */
export function NameCell({ environment }: CellProps) {
  const { slug, name, isProduction } = environment;
  return (
    <>
      <Link href={`/admin/environments/${slug}`} className="rounded-sm text-sm font-semibold hover:underline">
        {name}
      </Link>
      <span className="mt-1 flex flex-wrap items-center gap-1.5">
        <EnvironmentBadge {...environment} />
      </span>
      {isProduction ? (
        <span className="mt-1 flex items-center gap-1 text-xs font-medium text-warning-soft-foreground">
          <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
          Production data
        </span>
      ) : null}
    </>
  );
}

/** How many scopes, each behind a click; and how connections get their tokens. */
export function ScopesCell({ environment: { scopes, flows } }: CellProps) {
  return (
    <>
      <details>
        <summary className="w-fit cursor-pointer rounded-sm" title={scopes.join(' ')}>
          {scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}
        </summary>
        <span className="font-mono text-xs break-words text-muted">{scopes.join(' ')}</span>
      </details>
      <span className="block text-xs text-muted">
        {flows.length === 0 ? 'No flow in use' : flows.map(flowLabel).join(', ')}
      </span>
    </>
  );
}

function flowLabel(flow: ConnectionFlow): string {
  return flow === 'authorization_code' ? 'Authorization code' : FLOWS[flow].label;
}

/** When records were last read through it. */
export function LastUsedCell({ environment, viewer }: CellProps & { viewer: Viewer }) {
  const { lastUsedAt } = environment;
  return lastUsedAt ? (
    <Instant iso={lastUsedAt} viewer={viewer} />
  ) : (
    <span className="text-muted">Never</span>
  );
}

const CHECKS = {
  green: { label: 'Passed', tone: 'text-success-soft-foreground' },
  amber: { label: 'Passed, with warnings', tone: 'text-warning-soft-foreground' },
  red: { label: 'Failed', tone: 'text-danger-soft-foreground' },
} as const;

/** What the latest test of the connection said, and when. */
export function LastTestCell({ environment, viewer }: CellProps & { viewer: Viewer }) {
  const { lastCheck } = environment;
  if (!lastCheck) return <span className="text-muted">Never</span>;
  const { label, tone } = CHECKS[lastCheck.state];
  return (
    <>
      <span className={`block font-medium ${tone}`}>{label}</span>
      <span className="text-xs text-muted">
        <Instant iso={lastCheck.at} viewer={viewer} />
      </span>
    </>
  );
}

/** Who may connect and read there, and whether people sign in through it. */
export function AccessCell({ environment: { access, allowSignIn } }: CellProps) {
  return (
    <>
      {ACCESSES.find(({ value }) => value === access)?.label ?? access}
      <span className="block text-xs text-muted">
        {allowSignIn ? 'Open for signing in' : 'Not open for signing in'}
      </span>
    </>
  );
}
