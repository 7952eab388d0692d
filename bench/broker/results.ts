import { errorsOf } from '../grid/load';
import { markdownTable } from '../markdown-table';
import { percentile } from '../statistics';
import type { CallName, Side } from './added';
import type { Herd } from './herd';
import type { Streamed } from './stream';

export interface Results {
  added: Record<CallName, { direct: Side; through: Side }>;
  stream: Streamed;
  herd: Herd;
}

/** What is aimed at: milliseconds that a call takes longer through Orgdock, one at a time. */
const MOST_ADDED_MS = 5;

const WORDS: Record<CallName, string> = { limits: 'a small answer, streamed', rows: '200 rows, counted' };

const ms = (value: number) => `${value.toFixed(1)} ms`;
const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
const at = (side: Side, share: number) => percentile(side.alone.whole, share);
const rate = ({ many }: Side) => `${((many.whole.length / many.tookMs) * 1_000).toFixed(0)}/s`;
const processor = ({ many }: Side) => ms(many.cpuMs / many.whole.length);

/** The results as the README keeps them. */
export function renderResults({ added, stream, herd }: Results): string {
  const rows = (Object.keys(added) as CallName[]).flatMap((name) => {
    const { direct, through } = added[name];
    const more = at(through, 0.5) - at(direct, 0.5);
    const errors =
      errorsOf(direct.alone) + errorsOf(direct.many) + errorsOf(through.alone) + errorsOf(through.many);
    return [
      [
        `**${WORDS[name]}**: added, p50`,
        ms(more),
        more < MOST_ADDED_MS ? 'met: < 5 ms' : '**missed**: < 5 ms',
        `directly ${ms(at(direct, 0.5))}, through Orgdock ${ms(at(through, 0.5))}`,
      ],
      [
        '… added, p99',
        ms(at(through, 0.99) - at(direct, 0.99)),
        '',
        `directly ${ms(at(direct, 0.99))}, through Orgdock ${ms(at(through, 0.99))}`,
      ],
      [
        '… calls a second, 16 at once',
        rate(through),
        '',
        `directly ${rate(direct)}; the portal’s processor ${processor(through)} a call; errors ${errors}`,
      ],
    ];
  });
  return markdownTable(
    ['', 'measured', 'target', 'beside it'],
    [
      ...rows,
      [
        '**500 MB through**: growth of the portal’s memory',
        mb(stream.most - stream.before),
        'flat',
        `${mb(stream.before)} before, ${mb(stream.most)} at most; ${mb((stream.bytes / stream.tookMs) * 1_000)}/s`,
      ],
      [
        '**herd**: refreshes for 1,000 calls on an ended token',
        String(herd.refreshes),
        '1',
        `${herd.served} served; wait p50 ${ms(percentile(herd.waits, 0.5))}, p99 ${ms(percentile(herd.waits, 0.99))}`,
      ],
    ],
  );
}
