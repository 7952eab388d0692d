import Link from 'next/link';
import { Instant, type Viewer } from '@/components/states/instant';
import type { UsageCall } from '@/lib/broker/usage/types';
import { UsageTable } from './usage-table';
import { countWords } from './usage-words';

const COLUMNS = ['When', 'Call', 'Status', 'Refused by', 'Rows', 'Time', 'Request id'];

/** Single calls; what a rule refused leads to the dry run, which says why. */
export function CallTable({ calls, dryRun, viewer }: { calls: UsageCall[]; dryRun: string; viewer: Viewer }) {
  const count = (value: number, unit = '') => countWords(value, unit, viewer.locale);
  return (
    <UsageTable
      label="Newest calls"
      columns={COLUMNS}
      rows={calls.map((call) => ({
        key: String(call.id),
        cells: [
          <Instant key="at" iso={call.at} viewer={viewer} exact />,
          `${call.method} ${call.operation}${call.target ? `: ${call.target}` : ''}`,
          call.code ? `${call.status} ${call.code}` : String(call.status),
          call.rule === null ? (
            '–'
          ) : (
            <Link key="rule" href={dryRunOf(call, dryRun)} prefetch={false} className="link">
              {call.rule}
            </Link>
          ),
          count(call.rows),
          count(call.milliseconds, ' ms'),
          <code key="id" className="font-mono text-xs select-all">
            {call.requestId}
          </code>,
        ],
      }))}
    />
  );
}

/** Named queries are tried by their name; what else was called is in no log. */
function dryRunOf({ operation, target }: UsageCall, dryRun: string): string {
  return operation === 'named_query' && target
    ? `${dryRun}?${new URLSearchParams({ query: target })}`
    : dryRun;
}
