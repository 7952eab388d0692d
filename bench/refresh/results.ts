import { markdownTable } from '../markdown-table';
import { percentile } from '../statistics';
import { FAULTS, type FaultRound } from './faults';
import type { HerdRound } from './herd';
import type { StrategyName } from './orders';
import type { Starvation } from './starvation';

/** What one strategy came to; of each thing one entry a round, `faults` in the order of FAULTS. */
export interface Results {
  strategy: StrategyName;
  herd: HerdRound[];
  starvation: Starvation[];
  faults: FaultRound[][];
}

const HEADINGS: Record<StrategyName, string> = {
  orgdock: 'Orgdock',
  uncoordinated: 'no coordination',
  transaction: 'transaction with a lock',
  'expiring-key': 'key with a time-to-live',
};

type Row = [string, (results: Results) => string];

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const ms = (value: number) => `${Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const countOf = (rounds: { lost: boolean }[]) =>
  `${rounds.filter(({ lost }) => lost).length} of ${rounds.length}`;

function range(values: number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least}–${most}`;
}

function p99s({ starvation }: Results): { quiet: number; hanging: number } {
  const quiet = percentile(
    starvation.flatMap((round) => round.quiet),
    0.99,
  );
  return {
    quiet,
    hanging: percentile(
      starvation.flatMap((round) => round.hanging),
      0.99,
    ),
  };
}

const HERD: Row[] = [
  ['**herd**: refreshes sent', ({ herd }) => range(herd.map(({ sent }) => sent))],
  ['… grants lost', ({ herd }) => countOf(herd)],
  ['… calls served of 1,000', ({ herd }) => range(herd.map(({ served }) => served))],
  [
    '… wait, p50 / p99',
    ({ herd }) => {
      const waits = herd.flatMap((round) => round.waits);
      return `${ms(percentile(waits, 0.5))} / ${ms(percentile(waits, 0.99))}`;
    },
  ],
  [
    '… database connections held meanwhile, at most',
    ({ herd }) => String(Math.max(...herd.map(({ held }) => held))),
  ],
];

const STARVATION: Row[] = [
  ['**starvation**: p99 of others, nothing hangs', (results) => ms(p99s(results).quiet)],
  ['… refreshes that hang at once', ({ starvation }) => range(starvation.map(({ sent }) => sent))],
  ['… p99 of others meanwhile', (results) => ms(p99s(results).hanging)],
  [
    '… added',
    (results) => {
      const { quiet, hanging } = p99s(results);
      return ms(hanging - quiet);
    },
  ],
  [
    '… others not served',
    ({ starvation }) => {
      const made = sum(starvation.map(({ hanging }) => hanging.length));
      return `${sum(starvation.map(({ unserved }) => unserved))} of ${made}`;
    },
  ],
];

const faultRows: Row[] = FAULTS.map(({ name, unsavable }, index) => [
  `**lost**: ${name}${unsavable ? ' †' : ''}`,
  ({ faults }) => {
    const rounds = faults[index] ?? [];
    const [served, made] = [sum(rounds.map((one) => one.served)), sum(rounds.map((one) => one.calls))];
    return `${countOf(rounds)} (${served} of ${made} calls served)`;
  },
]);

const CONSUMED: Row = [
  'consumed tokens that Salesforce was shown, all faults',
  ({ faults }) => String(sum(faults.flat().map(({ consumedShown }) => consumedShown))),
];

/** All of it as one table of Markdown: a column for each strategy, a row for each thing measured. */
export function renderResults(results: Results[]): string {
  const rows = [...HERD, ...STARVATION, ...faultRows, CONSUMED].map(([name, cellOf]) => [
    name,
    ...results.map(cellOf),
  ]);
  return markdownTable(['', ...results.map(({ strategy }) => HEADINGS[strategy])], rows);
}
