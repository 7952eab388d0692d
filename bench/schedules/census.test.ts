import { describe, expect, it } from 'vitest';
import { readCensus } from './census';

const OUTPUT = `RUN v4
stderr | lib/connections/schedules
300 schedules, seed 7; faults that struck:
    30  killed at claimed
     4  clock ahead at stored
   112  dropped after

 Test Files  1 passed (1)
`;

describe('the census of the schedules', () => {
  it('names how many, the seed, and the pair that struck least', () => {
    expect(readCensus(OUTPUT)).toEqual({
      schedules: 300,
      seed: 7,
      pairs: 3,
      least: { pair: 'clock ahead at stored', times: 4 },
    });
  });

  it.each([['nothing'], ['300 schedules, seed 7; faults that struck:\n']])('is not made up: %j', (output) => {
    expect(() => readCensus(output)).toThrow('no census');
  });
});
