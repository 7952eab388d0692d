import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { type ListState, listHref } from './list-href';

interface GrantHeadProps {
  label: string;
  /** Null: no order by this column. */
  sort: string | null;
  state: ListState;
}

/** The head of a column; its link sorts by it, and the other way round when it does already. */
export function GrantHead({ label, sort, state }: GrantHeadProps) {
  const className = 'border-b border-border px-3 py-2.5 font-medium whitespace-nowrap first:pl-5 last:pr-5';
  if (sort === null) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const current = state.sort.key === sort;
  const { descending } = state.sort;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={current ? (descending ? 'descending' : 'ascending') : 'none'}
      className={className}
    >
      <Link
        href={listHref(state, { sort: { key: sort, descending: current && !descending } })}
        prefetch={false}
        className="inline-flex items-center gap-1 rounded-sm hover:text-foreground"
      >
        {label}
        {current ? <Arrow aria-hidden="true" className="size-3.5" /> : null}
      </Link>
    </th>
  );
}
