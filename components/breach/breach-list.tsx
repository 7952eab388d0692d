import Link from 'next/link';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { BreachSummary } from '@/lib/custody/breach/types';
import { countOf, scopeInWords } from './breach-words';

/** Every time that the button was pressed. */
export function BreachList({ breaches, viewer }: { breaches: BreachSummary[]; viewer: Viewer }) {
  return (
    <Section title="Earlier breaches">
      {breaches.length === 0 ? (
        <p className="text-muted">The button was never pressed.</p>
      ) : (
        <ul className="divide-y divide-separator">
          {breaches.map((breach) => (
            <li
              key={breach.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3"
            >
              <Link
                href={`/admin/connections/breach/${breach.id}`}
                className="rounded-sm font-semibold hover:underline"
              >
                {scopeInWords(breach)}
              </Link>
              <p className="text-[0.8125rem] text-muted">
                {breach.ended} of {countOf(breach.grants, 'grant')} ended ·{' '}
                {breach.finishedAt ? 'finished' : 'goes on'} ·{' '}
                <Instant iso={breach.startedAt} viewer={viewer} exact /> by {breach.startedByName}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
