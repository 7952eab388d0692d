import { type Answers, load, type Target, together } from '../load';

/** How long a page takes: alone, and one of ten that are always under way. */
export interface Waits {
  alone: Answers;
  tenAtOnce: Answers;
}

/** By turns, so that whatever else the machine does meets all of them. */
export async function measureWaits<Name extends string>(
  targets: Record<Name, Target>,
  { rounds, alone, tenAtOnce }: { rounds: number; alone: number; tenAtOnce: number },
): Promise<Record<Name, Waits>> {
  const seen = new Map<Name, { alone: Answers[]; ten: Answers[] }>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, target] of Object.entries(targets) as [Name, Target][]) {
      const of = seen.get(name) ?? { alone: [], ten: [] };
      seen.set(name, of);
      of.alone.push(await load(target, { atOnce: 1, count: alone }));
      of.ten.push(await load(target, { atOnce: 10, count: tenAtOnce }));
    }
  }
  const entries = [...seen].map(([name, of]) => [
    name,
    { alone: together(of.alone), tenAtOnce: together(of.ten) },
  ]);
  return Object.fromEntries(entries) as Record<Name, Waits>;
}
