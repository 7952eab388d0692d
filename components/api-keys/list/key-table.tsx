import Link from 'next/link';
import type { ReactNode } from 'react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { KeyNames } from '@/lib/broker/keys/types';
import type { ApiKey } from '@/lib/broker/types';
import { placesInWords, whatInWords } from '../words/policy-words';
import { KeyStateBadge } from './state-badge';

interface KeyTableProps {
  keys: ApiKey[];
  names: KeyNames;
  /** Where the page of a key is: below here. */
  base: string;
  /** Left out where all are one's own. */
  withOwner: boolean;
  viewer: Viewer;
}

/** Keys with what they may do and where; a card each on a phone. */
export function KeyTable({ keys, names, base, withOwner, viewer }: KeyTableProps) {
  const columns = [
    'Name',
    ...(withOwner ? ['Owner'] : []),
    'May do',
    'Where',
    'Last used',
    'Ends',
    'State',
    'Try',
  ];
  return (
    <table className="block w-full rounded-xl bg-surface text-[0.8125rem] shadow-surface lg:table">
      <caption className="sr-only">API keys</caption>
      <thead className="hidden text-left text-xs text-muted lg:table-header-group">
        <tr>
          {columns.map((label) => (
            <th key={label} scope="col" className="px-3 py-2.5 font-medium first:pl-5 last:pr-5">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator lg:table-row-group">
        {keys.map((key) => (
          <tr key={key.id} className="relative block px-5 py-4 hover:bg-row-hover lg:table-row lg:p-0">
            <Cell>
              <Link
                href={`${base}/${key.id}`}
                prefetch={false}
                className="rounded-sm font-semibold break-words after:absolute after:inset-0 hover:underline lg:after:content-none"
              >
                {key.name}
              </Link>
              <span className="block font-mono text-xs text-muted">{key.secrets[0]?.prefix}</span>
            </Cell>
            {withOwner ? <Cell label="Owner">{key.owner.name}</Cell> : null}
            <Cell label="May do">{whatInWords(key.policy)}</Cell>
            <Cell label="Where">
              <span className="break-words">{placesInWords(key.policy, names)}</span>
            </Cell>
            <Cell label="Last used">
              {key.lastUsedAt ? (
                <Instant iso={key.lastUsedAt} viewer={viewer} />
              ) : (
                <span className="text-muted">Never</span>
              )}
            </Cell>
            <Cell label="Ends">
              {key.expiresAt ? (
                <Instant iso={key.expiresAt} viewer={viewer} />
              ) : (
                <span className="text-warning-soft-foreground">Never</span>
              )}
            </Cell>
            <Cell label="State">
              <KeyStateBadge state={key.state} />
            </Cell>
            <Cell label="Try">
              <Link
                href={`${base}/${key.id}/dry-run`}
                prefetch={false}
                className="inline-link relative whitespace-nowrap"
              >
                Dry run<span className="sr-only"> of {key.name}</span>
              </Link>
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a phone the label stands beside the value; on a wide screen the head of the column says it. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[5.5rem_1fr] gap-x-3 py-0.5 align-top first:block lg:table-cell lg:max-w-xs lg:px-3 lg:py-3 lg:first:table-cell lg:first:pl-5 lg:last:pr-5">
      {label ? <span className="text-muted lg:hidden">{label}</span> : null}
      <div className="min-w-0">{children}</div>
    </td>
  );
}
