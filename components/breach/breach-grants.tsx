import type { ReactNode } from 'react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { BreachGrant } from '@/lib/custody/breach/types';
import { byHand, holderInWords, PROOFS } from './breach-words';
import { OutcomeBadge } from './outcome-badge';

const COLUMNS = ['Held by', 'Environment', 'Org and user', 'Scopes', 'Outcome', 'Ended', 'Sealed values'];

/** More than this are for the report. */
const MOST_ROWS = 300;

/** Each grant with whose it is, where, and what became of it; what needs somebody stands first. A card each on a phone. */
export function BreachGrants({ grants, viewer }: { grants: BreachGrant[]; viewer: Viewer }) {
  if (grants.length === 0) return null;
  const more = grants.length - MOST_ROWS;
  return (
    <div className="space-y-3">
      <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface lg:table">
        <caption className="sr-only">Grants of this breach</caption>
        <thead className="hidden text-left text-xs text-muted lg:table-header-group">
          <tr>
            {COLUMNS.map((label) => (
              <th
                key={label}
                scope="col"
                className="border-b border-separator px-3 py-2.5 font-medium first:pl-5 last:pr-5"
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y divide-separator lg:table-row-group">
          {grants.slice(0, MOST_ROWS).map((grant) => (
            <Row key={`${grant.kind} ${grant.id}`} grant={grant} viewer={viewer} />
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="text-muted">And {more} more: the report names each.</p> : null}
    </div>
  );
}

function Row({ grant, viewer }: { grant: BreachGrant; viewer: Viewer }) {
  const { kind, environmentName, orgId, username, scopes, proof, endedAt, forgottenAt } = grant;
  return (
    <tr className="block px-5 py-4 lg:table-row lg:p-0">
      <Cell>
        <span className="font-semibold">{holderInWords(grant)}</span>
        {kind === 'stray' ? (
          <span className="block text-xs text-muted">Grant without a connection</span>
        ) : null}
      </Cell>
      <Cell label="Environment">{environmentName}</Cell>
      <Cell label="Org and user">
        <span className="break-all">{username ?? 'Unknown user'}</span>
        <span className="block break-all text-xs text-muted">{orgId}</span>
      </Cell>
      <Cell label="Scopes">
        <span className="text-xs text-muted">{scopes?.join(', ') ?? 'Unknown'}</span>
      </Cell>
      <Cell label="Outcome">
        <OutcomeBadge grant={grant} />
        {proof ? <span className="mt-1 block text-xs text-muted">{PROOFS[proof]}</span> : null}
        <Trouble grant={grant} viewer={viewer} />
      </Cell>
      <Cell label="Ended">
        {endedAt ? <Instant iso={endedAt} viewer={viewer} /> : <span className="text-muted">Not known</span>}
      </Cell>
      <Cell label="Sealed values">
        {forgottenAt ? 'Deleted' : <span className="text-muted">Until it has ended</span>}
      </Cell>
    </tr>
  );
}

/** Salesforce's words when it did not work, and what to do by hand. */
function Trouble({ grant, viewer }: { grant: BreachGrant; viewer: Viewer }) {
  const { error, nextAt } = grant;
  const hand = byHand(grant);
  return (
    <>
      {error ? (
        <span className="mt-1 block max-w-[44ch] break-words font-mono text-xs text-foreground">{error}</span>
      ) : null}
      {nextAt ? (
        <span className="mt-1 block text-xs text-muted">
          Tried again <Instant iso={nextAt} viewer={viewer} />
        </span>
      ) : null}
      {hand ? (
        <span className="mt-1 block max-w-[44ch] text-xs text-pretty">
          <span className="text-muted">{hand.why}</span> {hand.todo}
        </span>
      ) : null}
    </>
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
