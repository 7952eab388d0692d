import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { CallableQuery } from '@/lib/broker/named-queries/types';
import { QueryBadges } from './query-badges';

/** All named queries, each a link to its page. */
export function QueryList({ queries }: { queries: CallableQuery[] }) {
  return (
    <ul className="divide-y divide-separator overflow-hidden rounded-xl bg-surface shadow-surface">
      {queries.map((query) => (
        <li key={query.name} className="relative flex items-center gap-4 px-5 py-4 hover:bg-row-hover">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/admin/api-keys/queries/${query.name}`}
                className="min-w-0 truncate font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
              >
                {query.name}
              </Link>
              <QueryBadges query={query} />
            </p>
            {query.description ? <p className="mt-1 truncate text-muted">{query.description}</p> : null}
            <p className="mt-1 truncate text-xs text-muted">{parametersInWords(query)}</p>
          </div>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}

function parametersInWords({ parameters }: CallableQuery): string {
  if (parameters.length === 0) return 'No parameters';
  return parameters.map(({ name, type }) => `${name}: ${type}`).join(' · ');
}
