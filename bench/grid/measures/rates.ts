import { type Answers, load, type Target, together } from '../load';

export interface Rates {
  bare: Answers;
  markup: Answers;
  page: Answers;
  rows: Answers;
}

const AT_ONCE = 10;

/** Requests one after the other's answer, ten at once, each target for a while in each round. */
export async function measureRates(
  targets: Record<keyof Rates, Target>,
  { rounds, forMs }: { rounds: number; forMs: number },
): Promise<Rates> {
  const names = Object.keys(targets) as (keyof Rates)[];
  const seen: Record<keyof Rates, Answers[]> = { bare: [], markup: [], page: [], rows: [] };
  for (const name of names) await load(targets[name], { atOnce: AT_ONCE, count: 60 });
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) seen[name].push(await load(targets[name], { atOnce: AT_ONCE, forMs }));
  }
  return {
    bare: together(seen.bare),
    markup: together(seen.markup),
    page: together(seen.page),
    rows: together(seen.rows),
  };
}
