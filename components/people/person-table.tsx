import Link from 'next/link';
import type { ReactNode } from 'react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { PersonRow } from '@/lib/people/types';
import { DeactivatedBadge, RoleBadge } from './role-badge';

const COLUMNS = ['Name', 'Role', 'Signs in as', 'Last seen', 'Connections'];

/** Everybody with role, last seen and how many connections they hold; a card each on a phone. */
export function PersonTable({ people, viewer }: { people: PersonRow[]; viewer: Viewer }) {
  return (
    <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface lg:table">
      <caption className="sr-only">People</caption>
      <thead className="hidden text-left text-xs text-muted lg:table-header-group">
        <tr>
          {COLUMNS.map((label) => (
            <th key={label} scope="col" className="px-3 py-2.5 font-medium first:pl-5 last:pr-5">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator lg:table-row-group">
        {people.map((person) => (
          <Row key={person.id} person={person} viewer={viewer} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ person, viewer }: { person: PersonRow; viewer: Viewer }) {
  const { id, displayName, email, role, usernames, lastSeenAt, deactivatedAt, connections } = person;
  return (
    <tr className="relative block px-5 py-4 hover:bg-row-hover lg:table-row lg:p-0">
      <Cell>
        <Link
          href={`/admin/people/${id}`}
          prefetch={false}
          className="rounded-sm font-semibold after:absolute after:inset-0 hover:underline lg:after:content-none"
        >
          {displayName}
        </Link>
        {email ? <span className="block break-all text-xs text-muted">{email}</span> : null}
      </Cell>
      <Cell label="Role">
        <span className="inline-flex flex-wrap gap-1.5">
          <RoleBadge role={role} />
          {deactivatedAt ? <DeactivatedBadge /> : null}
        </span>
      </Cell>
      <Cell label="Signs in as">
        <span className="break-all text-muted">{usernames.join(', ') || 'Nobody yet'}</span>
      </Cell>
      <Cell label="Last seen">
        {lastSeenAt ? (
          <Instant iso={lastSeenAt} viewer={viewer} />
        ) : (
          <span className="text-muted">Never</span>
        )}
      </Cell>
      <Cell label="Connections">
        <span className="tabular-nums">{connections}</span>
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
