import type { ReactNode } from 'react';
import type { ActionResult } from '@/components/forms/action-result';
import type { Viewer } from '@/components/states/instant';
import type { EnvironmentOverview } from '@/lib/custody/environment-overview/types';
import { AppCell } from './app-cell';
import { AccessCell, LastTestCell, LastUsedCell, NameCell, ScopesCell } from './cells';
import { ConnectionCounts } from './connection-counts';
import { MoveButtons } from './move-buttons';
import { SecretAge } from './secret-age';

const COLUMNS = [
  'Environment',
  'Org and app',
  'Scopes and flows',
  'Connections',
  'Secret',
  'Last used',
  'Last test',
  'Who may use it',
];

interface EnvironmentTableProps {
  environments: EnvironmentOverview[];
  viewer: Viewer;
  /** Null: the order cannot be changed here. */
  move: ((slug: string, direction: 'up' | 'down') => Promise<ActionResult>) | null;
}

/** All environments with how they are; a card each on a phone. */
export function EnvironmentTable({ environments, viewer, move }: EnvironmentTableProps) {
  const last = environments.length - 1;
  return (
    <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface xl:table">
      <caption className="sr-only">Environments</caption>
      <thead className="hidden text-left text-xs text-muted xl:table-header-group">
        <tr>
          {COLUMNS.map((label) => (
            <th key={label} scope="col" className="px-3 py-2.5 font-medium first:pl-5">
              {label}
            </th>
          ))}
          {move ? (
            <th scope="col" className="px-3 py-2.5 pr-5">
              <span className="sr-only">Order</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator xl:table-row-group">
        {environments.map((environment, index) => (
          <tr
            key={environment.id}
            className="relative block px-5 py-4 hover:bg-row-hover xl:table-row xl:p-0"
          >
            <Cell>
              <NameCell environment={environment} />
            </Cell>
            <Cell label="Org and app">
              <AppCell environment={environment} />
            </Cell>
            <Cell label="Scopes">
              <ScopesCell environment={environment} />
            </Cell>
            <Cell label="Connections">
              <ConnectionCounts environment={environment} />
            </Cell>
            <Cell label="Secret">
              <SecretAge environment={environment} viewer={viewer} />
            </Cell>
            <Cell label="Last used">
              <LastUsedCell environment={environment} viewer={viewer} />
            </Cell>
            <Cell label="Last test">
              <LastTestCell environment={environment} viewer={viewer} />
            </Cell>
            <Cell label="Used by">
              <AccessCell environment={environment} />
            </Cell>
            {move ? (
              <Cell label="Order">
                <MoveButtons
                  name={environment.name}
                  up={index === 0 ? null : move.bind(null, environment.slug, 'up')}
                  down={index === last ? null : move.bind(null, environment.slug, 'down')}
                />
              </Cell>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a phone the label stands beside the value; on a wide screen the head of the column says it. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[6.5rem_1fr] gap-x-3 py-0.5 align-top first:block xl:table-cell xl:px-3 xl:py-3 xl:first:table-cell xl:first:pl-5 xl:last:pr-5">
      {label ? <span className="text-muted xl:hidden">{label}</span> : null}
      <div className="min-w-0">{children}</div>
    </td>
  );
}
