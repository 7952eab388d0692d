import Link from 'next/link';
import type { EnvironmentOverview } from '@/lib/custody/environment-overview/types';

interface ConnectionCountsProps {
  environment: Pick<EnvironmentOverview, 'slug' | 'name' | 'connections'>;
}

/** How many connections by how they are; each number leads to them. */
export function ConnectionCounts({ environment }: ConnectionCountsProps) {
  const { slug, name, connections } = environment;
  const { healthy, needsAttention, ended } = connections;
  const counts = [
    { count: healthy, word: 'healthy', health: 'healthy', tone: '' },
    {
      count: needsAttention,
      word: needsAttention === 1 ? 'needs attention' : 'need attention',
      health: 'needs_attention',
      tone: 'font-medium text-warning-soft-foreground',
    },
    { count: ended, word: 'ended', health: 'disconnected', tone: 'text-muted' },
  ].filter(({ count }) => count > 0);
  if (counts.length === 0) return <span className="text-muted">None</span>;
  return (
    <ul>
      {counts.map(({ count, word, health, tone }) => (
        <li key={word}>
          <Link
            href={`/admin/connections?environment=${slug}&health=${health}`}
            prefetch={false}
            className={`rounded-sm whitespace-nowrap tabular-nums hover:underline ${tone}`}
          >
            {count} {word}
            <span className="sr-only"> in {name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
