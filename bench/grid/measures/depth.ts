import type { GridWindow } from '@/lib/records/types';
import type { LedgerEntry } from '@/simulator/types';
import { type Answers, load, type Target, together } from '../load';
import type { Stage } from '../stage';
import { readWindow, rowsPath, WINDOW_ROWS } from '../targets';

const LAST_WINDOW = 10_000;
const VIEWS = 10;

export interface Depth {
  /** The rows behind the first window, and the 10,000th window of the list. */
  first: Answers;
  last: Answers;
  /** API calls that opening the page, and one more window, cost on average. */
  callsToOpen: number;
  callsToPage: number;
}

/** On the deep org, whose simulator is asked each time. */
export async function measureDepth(
  stage: Stage,
  { rounds, each }: { rounds: number; each: number },
): Promise<Depth> {
  const window = await readWindow(stage.portal, stage.deep);
  const [first, last] = [target(stage, window, 1), target(stage, window, LAST_WINDOW - 1)];
  const page: Target = { ...first, ask: () => pageOf(stage), holds: window.rows.ids.at(-1) ?? '' };
  await load(page, { atOnce: 1, count: 2 });
  const callsToOpen = await countCalls(stage, () => load(page, { atOnce: 1, count: VIEWS }));
  const callsToPage = await countCalls(stage, () => load(last, { atOnce: 1, count: VIEWS }));
  const seen = { first: [] as Answers[], last: [] as Answers[] };
  for (let round = 0; round < rounds * each; round += 1) {
    // One by one, by turns: what the machine does besides meets both.
    seen.first.push(await load(first, { atOnce: 1, count: 1 }));
    seen.last.push(await load(last, { atOnce: 1, count: 1 }));
  }
  return { first: together(seen.first), last: together(seen.last), callsToOpen, callsToPage };
}

function target(stage: Stage, window: GridWindow, windows: number): Target {
  const { cookie, connectionId } = stage.deep;
  const path = rowsPath(connectionId, window, windows * WINDOW_ROWS);
  return {
    origin: stage.portal,
    pid: stage.pid,
    ask: () => ({ path, headers: { cookie, accept: 'application/json' } }),
    holds: `"offset":${windows * WINDOW_ROWS},`,
  };
}

function pageOf({ deep: { cookie, connectionId } }: Stage) {
  return { path: `/connections/${connectionId}/accounts`, headers: { cookie, accept: 'text/html' } };
}

/** API calls that the org counted during some work, by the number of its views. */
async function countCalls({ control }: Stage, work: () => Promise<unknown>): Promise<number> {
  await control.clearLedger();
  await work();
  const isCall = ({ path }: LedgerEntry) => path.startsWith('/services/data/');
  return (await control.listRequests({ org: 'uat' })).filter(isCall).length / VIEWS;
}
