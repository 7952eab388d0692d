import { markdownTable } from '../markdown-table';
import { percentile } from '../statistics';
import type { Scripts } from './browser/scripts';
import type { Scrolling } from './browser/scrolling';
import { type Answers, errorsOf } from './load';
import type { Depth } from './measures/depth';
import type { Rates } from './measures/rates';
import type { Waits } from './measures/waits';
import { type Finding, findingCells, missesIn } from './verdict';

/** How long Salesforce takes where nothing else is said. */
export const LATENCY_MS = 150;

/** All that can be measured. */
export interface Results {
  waits: Record<'page' | 'rows' | 'markup' | 'bare', Waits>;
  rates: Rates;
  users: Answers;
  depth: Depth;
  browser: {
    scripts: Record<'grid' | 'empty', Scripts>;
    scrolling: Record<'grid' | 'list', Scrolling>;
  };
}

const p50 = (values: readonly number[]) => percentile(values, 0.5);
const p95 = (values: readonly number[]) => percentile(values, 0.95);
const p99 = (values: readonly number[]) => percentile(values, 0.99);
const ms = (value: number) => `${value.toFixed(1)} ms`;
const rate = ({ whole, tookMs }: Answers) => (whole.length / tookMs) * 1_000;
const cpu = ({ whole, cpuMs }: Answers) => cpuMs / whole.length;
const kB = (bytes: number) => bytes / 1_000;
const atMost = (value: number) => ({ atMost: value });
const atLeast = (value: number) => ({ atLeast: value });

function waitFindings(waits: Results['waits']): Finding[] {
  const { page, markup, bare, rows } = waits;
  const over = ({ whole }: Answers, share: number) => percentile(whole, share) - LATENCY_MS;
  const beside = (of: keyof Waits, share: number) =>
    `rows route ${ms(over(rows[of], share))}, markup page ${ms(over(markup[of], share))}, bare server ${ms(over(bare[of], share))}`;
  return [
    {
      what: `**at ${LATENCY_MS} ms latency**: first bytes of the grid page, p50`,
      measured: p50(page.alone.first),
      unit: ' ms',
      limit: atMost(15),
      beside: `markup page ${ms(p50(markup.alone.first))}, which waits for the rows`,
    },
    {
      what: '… rows complete, beyond the latency, p50',
      measured: over(page.alone, 0.5),
      unit: ' ms',
      limit: atMost(25),
      beside: beside('alone', 0.5),
    },
    {
      what: '… the same, p99, 10 at once',
      measured: over(page.tenAtOnce, 0.99),
      unit: ' ms',
      limit: atMost(60),
      beside: beside('tenAtOnce', 0.99),
    },
  ];
}

function rateFindings({ page, rows, markup, bare }: Rates): Finding[] {
  const words = (one: Answers, name: string) =>
    `${name} ${rate(one).toFixed(0)}/s, ${cpu(one).toFixed(1)} ms of processor each`;
  return [
    {
      what: '**at 0 ms**: grid page by the markup page, requests per second',
      measured: rate(page) / rate(markup),
      unit: ' ×',
      limit: atLeast(2.5),
      beside: `${words(page, 'grid page')}; ${words(markup, 'markup page')}`,
    },
    {
      what: '… rows route by the bare server',
      measured: rate(rows) / rate(bare),
      unit: ' ×',
      limit: atLeast(0.35),
      beside: `${words(rows, 'rows route')}; ${words(bare, 'bare server')}`,
    },
    {
      what: '… answers that were errors',
      measured: [page, rows, markup, bare].reduce((sum, one) => sum + errorsOf(one), 0),
      unit: '',
      limit: atMost(0),
      beside: '',
    },
  ];
}

function crowdFindings(users: Answers): Finding[] {
  return [
    {
      what: '**200 users**, 5 s between clicks: errors',
      measured: errorsOf(users),
      unit: '',
      limit: atMost(0),
      beside: `${users.whole.length} clicks; ${JSON.stringify(users.errors)}`,
    },
    {
      what: '… a click, beyond the latency, p99',
      measured: p99(users.whole) - LATENCY_MS,
      unit: ' ms',
      limit: atMost(450),
      beside: `p50 ${ms(p50(users.whole) - LATENCY_MS)}`,
    },
  ];
}

function depthFindings(depth: Depth): Finding[] {
  const [first, last] = [p50(depth.first.whole), p50(depth.last.whole)];
  const errors = errorsOf(depth.first) + errorsOf(depth.last);
  return [
    {
      what: '**window 10,000** by window 1, p50',
      measured: errors > 0 ? Number.NaN : last / first,
      unit: ' ×',
      limit: atMost(1.1),
      beside: `${ms(last)} and ${ms(first)}`,
    },
    {
      what: '… API calls to open the page',
      measured: depth.callsToOpen,
      unit: '',
      limit: atMost(1),
      beside: '',
    },
    { what: '… API calls for a window', measured: depth.callsToPage, unit: '', limit: atMost(1), beside: '' },
  ];
}

function browserFindings({ scripts, scrolling: { grid, list } }: Results['browser']): Finding[] {
  const longest = ({ longFrames }: Scrolling) => Math.max(0, ...longFrames);
  const mB = (bytes: number) => bytes / 1_000_000;
  return [
    {
      what: '**scripts** of the grid page, gzip',
      measured: kB(scripts.grid.gzipBytes),
      unit: ' kB',
      limit: atMost(290),
      beside: `${scripts.grid.files} files, ${kB(scripts.grid.namedBytes).toFixed(0)} kB named by the HTML; an empty Next page ${kB(scripts.empty.gzipBytes).toFixed(0)} kB`,
    },
    {
      what: '**scrolling 50,000 rows**: long animation frames',
      measured: grid.longFrames.length,
      unit: '',
      limit: atMost(0),
      beside: `longest ${ms(longest(grid))}; bare list ${list.longFrames.length}, longest ${ms(longest(list))}; ${grid.frames} and ${list.frames} frames`,
    },
    {
      what: '… script in a frame, p95',
      measured: p95(grid.script),
      unit: ' ms',
      limit: atMost(8),
      beside: `p50 ${ms(p50(grid.script))}; bare list ${ms(p95(list.script))}, p50 ${ms(p50(list.script))}`,
    },
    {
      what: '… elements of the document, at most',
      measured: grid.elements,
      unit: '',
      limit: atMost(2_499),
      beside: `bare list ${list.elements}`,
    },
    {
      what: '… growth of the heap',
      measured: mB(grid.heapGrowth),
      unit: ' MB',
      limit: atMost(30),
      beside: `bare list ${mB(list.heapGrowth).toFixed(1)} MB`,
    },
  ];
}

/** Each figure beside its target, and the misses in words. */
export function renderResults({ waits, rates, users, depth, browser }: Partial<Results>): string {
  const findings = [
    ...(waits ? waitFindings(waits) : []),
    ...(rates ? rateFindings(rates) : []),
    ...(users ? crowdFindings(users) : []),
    ...(depth ? depthFindings(depth) : []),
    ...(browser ? browserFindings(browser) : []),
  ];
  const table = markdownTable(['', 'measured', 'target', '', 'beside it'], findings.map(findingCells));
  const misses = missesIn(findings);
  return misses === null ? table : `${table}\n\n${misses}`;
}
