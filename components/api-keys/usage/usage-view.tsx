import { Activity } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import { Facts, Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { Usage, UsageByConnection, UsageCallPage } from '@/lib/broker/usage/types';
import { CallTable } from './call-table';
import { ConnectionUsageTable } from './connection-usage-table';
import { UsageChart } from './usage-chart';
import { countWords, RANGE_WORDS, USAGE_CHARTS } from './usage-words';

interface UsageViewProps {
  usage: Usage;
  connections: UsageByConnection[];
  newest: UsageCallPage;
  /** Where the dry run of the key is. */
  dryRun: string;
  viewer: Viewer;
}

/** What a key did: sums, pictures over time, by connection, and the newest calls. */
export function UsageView({ usage, connections, newest, dryRun, viewer }: UsageViewProps) {
  const { totals: total, buckets, bucketMinutes, range } = usage;
  const { locale } = viewer;
  if (total.calls === 0) {
    return (
      <EmptyState Icon={Activity} title={`No calls in the last ${RANGE_WORDS[range]}`}>
        A call appears here within a second or two of its answer. Calls with a wrong or revoked secret are
        nobody’s.
      </EmptyState>
    );
  }
  const count = (value: number | null, unit = '') => countWords(value, unit, locale);
  return (
    <div className="space-y-6">
      <Section title="In all">
        <Facts
          facts={[
            { label: 'Calls', value: count(total.calls) },
            { label: 'Rows', value: count(total.rows), hint: 'Given and written.' },
            {
              label: 'Refused',
              value: count(total.refusals),
              hint: 'By Orgdock: a policy, a limit or a rule of an environment.',
            },
            {
              label: 'Errors',
              value: count(total.errors),
              hint: 'Of Salesforce, or because of it.',
            },
            {
              label: 'Time per call',
              value: `${count(total.p50, ' ms')}, 95 of 100 within ${count(total.p95, ' ms')}`,
            },
          ]}
        />
      </Section>
      <Section title="Over time" description="Times are UTC.">
        <div className="grid gap-8 lg:grid-cols-2">
          {USAGE_CHARTS.map((chart) => (
            <UsageChart
              key={chart.title}
              chart={chart}
              buckets={buckets}
              bucketMinutes={bucketMinutes}
              locale={locale}
            />
          ))}
        </div>
      </Section>
      <Section title="By connection">
        <ConnectionUsageTable connections={connections} viewer={viewer} />
      </Section>
      <Section title="Newest calls" description="What was asked for is not kept, since it may quote records.">
        <CallTable calls={newest.calls} dryRun={dryRun} viewer={viewer} />
      </Section>
    </div>
  );
}
