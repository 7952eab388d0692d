/** What a run of the schedules has printed: how many, from which seed, and how often each fault struck at its step. */
export interface Census {
  schedules: number;
  seed: number;
  pairs: number;
  least: { pair: string; times: number };
}

/** Throws when the output holds no census. */
export function readCensus(output: string): Census {
  const head = /^.*?(\d+) schedules, seed (\d+);.*$/m.exec(output);
  const lines = head ? output.slice(head.index + head[0].length).matchAll(/^ *(\d+) {2}(\S.*)$/gm) : [];
  const pairs = [...lines].map(([, times, pair]) => ({ times: Number(times), pair: pair ?? '' }));
  const [least] = pairs.sort((a, b) => a.times - b.times);
  if (!head || !least) throw new Error('The schedules printed no census.');
  return { schedules: Number(head[1]), seed: Number(head[2]), pairs: pairs.length, least };
}
