import { Users } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/states/empty-state';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { PersonList as People } from '@/lib/people/types';
import { PersonFilters } from './person-filters';
import { PersonTable } from './person-table';

interface PersonListProps {
  list: People;
  state: { q: string; role: string | null; state: string | null; after: string | null };
  viewer: Viewer;
}

/** Everybody, with search, filters, and the way to those who come after. */
export function PersonList({ list: { people, total, next }, state, viewer }: PersonListProps) {
  return (
    <div className="space-y-4">
      <PersonFilters key={JSON.stringify(state)} {...state} />
      {people.length > 0 ? (
        <PersonTable people={people} viewer={viewer} />
      ) : (
        <EmptyState
          Icon={Users}
          title="Nobody fits"
          actions={<LinkButton href="/admin/people">Clear search and filters</LinkButton>}
        >
          Look for a part of a name, an e-mail or a username.
        </EmptyState>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 text-[0.8125rem] text-muted">
        <p>{total === 1 ? '1 person' : `${total.toLocaleString('en')} people`}</p>
        {state.after !== null || next !== null ? (
          <nav aria-label="Pages" className="flex gap-4">
            {state.after !== null ? (
              <Link href={hrefOf({ ...state, after: null })} prefetch={false} className="inline-link">
                First page
              </Link>
            ) : null}
            {next !== null ? (
              <Link href={hrefOf({ ...state, after: next })} prefetch={false} className="inline-link">
                Next
              </Link>
            ) : null}
          </nav>
        ) : null}
      </div>
    </div>
  );
}

function hrefOf(state: PersonListProps['state']): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value) query.set(key, value);
  return query.size === 0 ? '/admin/people' : `/admin/people?${query}`;
}
