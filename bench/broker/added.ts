import { PRODUCTION } from '@/simulator/seed/facts';
import { TestClient } from '@/simulator/testing/client';
import { type Answers, load, type Target, together } from '../grid/load';
import type { Stage } from './stage';

const DATA = '/services/data/v66.0';
const SOQL = 'SELECT Id, Name, Industry, Phone, CreatedDate FROM Account LIMIT 200';

/** What is asked, directly and through Orgdock. */
const CALLS = {
  limits: { path: `${DATA}/limits`, holds: 'DailyApiRequests' },
  rows: { path: `${DATA}/query?q=${encodeURIComponent(SOQL)}`, holds: '"records":[' },
};
export type CallName = keyof typeof CALLS;

const ALONE = 150;
const AT_ONCE = 16;
const RATE_MS = 3_000;

/** One call at a time, and sixteen always under way. */
export interface Side {
  alone: Answers;
  many: Answers;
}

/** Both sides by turns, so that whatever else the machine does meets both. */
export async function measureAdded(
  stage: Stage,
  rounds: number,
): Promise<Record<CallName, { direct: Side; through: Side }>> {
  const tokens = await new TestClient(stage.org).connect(PRODUCTION.users.ada.username);
  const measured = {} as Record<CallName, { direct: Side; through: Side }>;
  for (const name of Object.keys(CALLS) as CallName[]) {
    const direct = directTarget(stage, name, tokens.access_token);
    const through = throughTarget(stage, name);
    const sides = { direct: [] as Side[], through: [] as Side[] };
    for (const target of [direct, through]) await load(target, { atOnce: 4, count: 200 });
    for (let round = 0; round < rounds; round += 1) {
      sides.direct.push(await side(direct));
      sides.through.push(await side(through));
    }
    measured[name] = { direct: joined(sides.direct), through: joined(sides.through) };
  }
  return measured;
}

async function side(target: Target): Promise<Side> {
  const alone = await load(target, { atOnce: 1, count: ALONE });
  return { alone, many: await load(target, { atOnce: AT_ONCE, forMs: RATE_MS }) };
}

function joined(sides: readonly Side[]): Side {
  return {
    alone: together(sides.map(({ alone }) => alone)),
    many: together(sides.map(({ many }) => many)),
  };
}

function directTarget({ upstream }: Stage, name: CallName, accessToken: string): Target {
  const { path, holds } = CALLS[name];
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  return { origin: upstream.origin, pid: upstream.pid, ask: () => ({ path, headers }), holds };
}

function throughTarget(stage: Stage, name: CallName): Target {
  const { path, holds } = CALLS[name];
  const { origin, pid } = stage.portal;
  const ask = (turn: number) => ({
    path,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${stage.program('repeated', turn).secret}`,
    },
  });
  return { origin, pid, ask, holds };
}
