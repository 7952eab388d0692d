import Link from 'next/link';
import { USAGE_RANGES, type UsageRange } from '@/lib/broker/usage/types';
import { RANGE_WORDS } from './usage-words';

/** How far back usage is shown; `aria-current` marks the one that is. */
export function RangeLinks({ href, current }: { href: string; current: UsageRange }) {
  return (
    <nav aria-label="Range" className="flex w-fit gap-0.5 rounded-lg bg-default p-0.5">
      {USAGE_RANGES.map((range) => (
        <Link
          key={range}
          href={`${href}?range=${range}`}
          prefetch={false}
          aria-current={range === current ? 'page' : undefined}
          className="rounded-md px-3 py-1 text-sm font-medium text-muted hover:text-foreground aria-[current=page]:bg-(--segment) aria-[current=page]:text-foreground aria-[current=page]:shadow-surface"
        >
          {RANGE_WORDS[range]}
        </Link>
      ))}
    </nav>
  );
}
