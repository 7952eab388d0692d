import { TriangleAlert } from 'lucide-react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EvictionWarning } from '@/lib/connections/types';

/** Salesforce's limit; the ledger has the number that Orgdock counts by. */
const LIMIT = 5;

/** Before a consent that would make Salesforce end somebody's grant: whose, and what to do first. */
export function EvictionNotice({ warnings, viewer }: { warnings: EvictionWarning[]; viewer: Viewer }) {
  return warnings.map(({ username, userName, orgName, liveGrants, oldest }) => (
    <p
      key={username}
      data-warning="five-grants"
      className="flex w-full gap-2.5 rounded-lg border border-warning/30 bg-warning-soft px-3.5 py-2.5 text-[0.8125rem] text-warning-soft-foreground"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="max-w-[75ch] text-pretty">
        <strong title={username}>{userName}</strong> has {Math.min(liveGrants, LIMIT)} of {LIMIT} grants of
        this app in {orgName}: a new one ends the oldest, held by {oldest.holder} in {oldest.environmentName}{' '}
        since <Instant iso={oldest.since} viewer={viewer} exact />. Revoke one first: disconnect what is not
        needed.
      </span>
    </p>
  ));
}
