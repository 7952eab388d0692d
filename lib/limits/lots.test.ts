import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { LIMITS, type Limit } from '@/lib/limits/limits';
import { type CountActs, Lots } from '@/lib/limits/lots';

const SIZE = 5;

/** A counter as all replicas share it. `asked`: the acts of each count, in order. */
function counterOf(points: number) {
  const state = { left: points, asked: [] as number[], now: 0 };
  const count: CountActs = async (_, acts) => {
    state.asked.push(acts);
    await Promise.resolve();
    if (acts > state.left) throw new AppError('RATE_LIMITED', 'Too often.');
    state.left -= acts;
    return { remaining: state.left, resetSeconds: 300 };
  };
  return { state, replica: () => new Lots(SIZE, 300, count, () => state.now) };
}

async function takeAtOnce(lots: readonly Lots[], acts: number) {
  const takes = Array.from({ length: acts }, (_, turn) => (lots[turn % lots.length] as Lots).take('ada'));
  const ends = await Promise.allSettled(takes);
  return ends.filter(({ status }) => status === 'fulfilled').length;
}

describe('lots of acts', () => {
  it('are counted once for as many acts as they hold, however many ask at once', async () => {
    const { state, replica } = counterOf(100);
    expect(await takeAtOnce([replica()], 2 * SIZE)).toBe(2 * SIZE);
    expect(state.asked).toEqual([SIZE, SIZE]);
  });

  it('give all of a limit and no more, by any number of replicas', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 60 }),
        async (held, replicas, acts) => {
          const points = held * SIZE;
          const { state, replica } = counterOf(points);
          const lots = Array.from({ length: replicas }, replica);
          const given = await takeAtOnce(lots, acts);
          expect(given).toBeLessThanOrEqual(Math.min(points, acts));
          // What is not given lies in the lots of those that were asked less.
          expect(given).toBeGreaterThanOrEqual(Math.min(points, acts) - (replicas - 1) * SIZE);
          expect(state.left).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('say what is left with those that were counted and not had', async () => {
    const { replica } = counterOf(2 * SIZE);
    const lots = replica();
    const left = [];
    for (let act = 0; act < 2 * SIZE; act += 1) left.push((await lots.take('ada')).remaining);
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    await expect(lots.take('ada')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('end with the time of the limit', async () => {
    const { state, replica } = counterOf(100);
    const lots = replica();
    await lots.take('ada');
    state.now = 299_999;
    expect(await lots.take('ada')).toEqual({ remaining: 98, resetSeconds: 1 });
    state.now = 300_000;
    expect(await lots.take('ada')).toEqual({ remaining: 94, resetSeconds: 300 });
    expect(state.asked).toEqual([SIZE, SIZE]);
  });

  it('are not shared by keys', async () => {
    const { state, replica } = counterOf(100);
    const lots = replica();
    await lots.take('ada');
    await lots.take('grace');
    expect(state.asked).toEqual([SIZE, SIZE]);
  });

  it('fill every limit that is counted in them', () => {
    const counted = Object.values<Limit>(LIMITS).filter(({ lot }) => lot !== undefined);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.map(({ points, lot = 1 }) => points % lot)).toEqual(counted.map(() => 0));
  });
});
