import { Instant, type Viewer } from '@/components/states/instant';
import type { UsageByConnection } from '@/lib/broker/usage/types';
import { UsageTable } from './usage-table';
import { countWords } from './usage-words';

const COLUMNS = ['Connection', 'Calls', 'Rows', 'Refused', 'Errors', 'Last'];

/** What a key did through each connection. */
export function ConnectionUsageTable({
  connections,
  viewer,
}: {
  connections: UsageByConnection[];
  viewer: Viewer;
}) {
  const count = (value: number) => countWords(value, '', viewer.locale);
  return (
    <UsageTable
      label="Usage by connection"
      columns={COLUMNS}
      rows={connections.map(({ connectionId, label, calls, rows, refusals, errors, lastAt }) => ({
        key: connectionId ?? 'none',
        cells: [
          label ?? (connectionId ? 'A connection that is gone' : 'Without a connection'),
          ...[calls, rows, refusals, errors].map(count),
          <Instant key="last" iso={lastAt} viewer={viewer} />,
        ],
      }))}
    />
  );
}
