import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/states/empty-state';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { KeyList as Keys } from '@/lib/broker/keys/types';
import { KeyFilters } from './key-filters';
import { KeyTable } from './key-table';

interface KeyListProps {
  list: Keys;
  state: { q: string; state: string | null; environment: string | null };
  environments: ReadonlyArray<{ id: string; name: string }>;
  viewer: Viewer;
}

const PATH = '/admin/api-keys';

/** Everybody's keys, with search, filters and pages. */
export function KeyList({ list, state, environments, viewer }: KeyListProps) {
  const { keys, names, total, page, pages } = list;
  const isNarrowed = state.q !== '' || state.state !== null || state.environment !== null;
  return (
    <div className="space-y-4">
      <KeyFilters key={JSON.stringify(state)} {...state} environments={environments} />
      {keys.length > 0 ? (
        <KeyTable keys={keys} names={names} base={PATH} withOwner viewer={viewer} />
      ) : isNarrowed ? (
        <EmptyState
          Icon={KeyRound}
          title="No key fits"
          actions={<LinkButton href={PATH}>Clear search and filters</LinkButton>}
        >
          Look for a part of a name, an owner, or the beginning of a secret.
        </EmptyState>
      ) : (
        <EmptyState Icon={KeyRound} title="There are no API keys yet">
          With a key, a program calls Salesforce through Orgdock as its owner, and only as its policy allows.
          Members make theirs under Account.
        </EmptyState>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 text-[0.8125rem] text-muted">
        <p>{total === 1 ? '1 key' : `${total.toLocaleString('en')} keys`}</p>
        {pages > 1 ? (
          <nav aria-label="Pages" className="flex gap-4">
            {page > 1 ? (
              <Link href={hrefOf(state, page - 1)} prefetch={false} className="inline-link">
                Previous
              </Link>
            ) : null}
            <span>
              Page {page} of {pages}
            </span>
            {page < pages ? (
              <Link href={hrefOf(state, page + 1)} prefetch={false} className="inline-link">
                Next
              </Link>
            ) : null}
          </nav>
        ) : null}
      </div>
    </div>
  );
}

function hrefOf(state: KeyListProps['state'], page: number): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value) query.set(key, value);
  query.set('page', String(page));
  return `${PATH}?${query}`;
}
