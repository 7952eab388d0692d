import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RowWindow } from '@/lib/records/types';
import type { JsonAnswer } from './get-json';
import { REST_MS, RowLoader, type RowPlace } from './row-loader';

const TOTAL = 100_000;

function rows(offset: number, length = 200): RowWindow {
  return {
    offset,
    ids: Array.from({ length }, (_, index) => `id${offset + index}`),
    columns: [],
    values: [],
    currencies: null,
    total: TOTAL,
    list: 'list',
    cursor: `after-${offset + length - 1}`,
    notices: [],
    calls: 1,
    budget: { used: offset, max: 15_000 },
    asOf: '2026-03-08T10:04:00.000Z',
  };
}

/** A loader whose requests are answered by hand. */
function loading() {
  const asked: Array<RowPlace & { answer: (answer: JsonAnswer<RowWindow>) => void; signal: AbortSignal }> =
    [];
  const loader = new RowLoader(rows(0), (place, signal) => {
    return new Promise<JsonAnswer<RowWindow>>((answer, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      asked.push({ ...place, answer, signal });
    });
  });
  return { loader, asked };
}

const offsets = (asked: RowPlace[]) => asked.map((place) => ('offset' in place ? place.offset : place.from));
const problem = {
  code: 'SALESFORCE_QUERY_TIMEOUT',
  message: '',
  nextStep: null,
  salesforce: null,
  details: {},
} as const;

describe('rows that come into view', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('cost nothing while they are scrolled through', () => {
    const { loader, asked } = loading();
    for (let row = 200; row < 50_000; row += 100) {
      loader.want(row, row + 30);
      vi.advanceTimersByTime(REST_MS - 1);
    }
    expect(asked).toEqual([]);
  });

  it('are asked for once when they rest', async () => {
    const { loader, asked } = loading();
    loader.want(51_230, 51_260);
    await vi.advanceTimersByTimeAsync(REST_MS);
    loader.want(51_231, 51_261);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(offsets(asked)).toEqual([51_200]);
    expect(asked[0]).toMatchObject({ list: 'list', cursor: null });
  });

  it('are asked for with the place of the row before, where it is known', async () => {
    const { loader, asked } = loading();
    loader.want(190, 220);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(asked[0]).toMatchObject({ offset: 200, cursor: 'after-199' });
  });

  it('are no longer waited for when the reader has gone on', async () => {
    const { loader, asked } = loading();
    loader.want(1_000, 1_030);
    await vi.advanceTimersByTimeAsync(REST_MS);
    loader.want(9_000, 9_030);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(offsets(asked)).toEqual([1_000, 9_000]);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(loader.loading).toBe(true);
  });

  it('add up what they cost', async () => {
    const { loader, asked } = loading();
    loader.want(400, 430);
    await vi.advanceTimersByTimeAsync(REST_MS);
    asked[0]?.answer({ ok: true, body: rows(400) });
    await vi.advanceTimersByTimeAsync(0);
    expect(loader.cost).toMatchObject({ calls: 2, budget: { used: 400, max: 15_000 } });
    expect(loader.cache.find(405)?.index).toBe(5);
  });

  it('keep what was there when they fail, and are asked for again only on request', async () => {
    const { loader, asked } = loading();
    loader.want(400, 430);
    await vi.advanceTimersByTimeAsync(REST_MS);
    asked[0]?.answer({ ok: false, problem });
    await vi.advanceTimersByTimeAsync(0);
    expect(loader.failed).toEqual({ offset: 400, problem });
    expect(loader.cache.find(0)).not.toBeNull();
    loader.want(401, 431);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(asked).toHaveLength(1);
    loader.retry();
    expect(loader.failed).toBeNull();
    expect(offsets(asked)).toEqual([400, 400]);
  });

  it('are found by a value in the list as it was opened again, and shown without a further call', async () => {
    const { loader, asked } = loading();
    loader.want(9_000, 9_030);
    await vi.advanceTimersByTimeAsync(REST_MS);
    const found = loader.seek('M');
    expect(asked[1]).toMatchObject({ from: 'M' });
    asked[1]?.answer({
      ok: true,
      body: { ...rows(43_117), jumpedTo: 43_117, list: 'anew', total: TOTAL + 7 },
    });
    expect(await found).toEqual({ ok: true, body: 43_117 });
    expect([asked[0]?.signal.aborted, loader.loading]).toEqual([true, false]);
    loader.want(43_117, 43_150);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(asked).toHaveLength(2);
    expect([loader.cache.total, loader.cache.list]).toEqual([TOTAL + 7, 'anew']);
    expect(loader.cache.find(0), 'rows of the list of before may have moved').toBeNull();
  });

  it('stay when nothing stands at a value or behind it', async () => {
    const { loader, asked } = loading();
    const found = loader.seek('ZZ');
    const notices = ['No row stands at or behind “ZZ”.'];
    asked[0]?.answer({ ok: true, body: { ...rows(TOTAL, 0), jumpedTo: TOTAL, notices } });
    expect(await found).toEqual({ ok: true, body: TOTAL });
    expect(loader.cache.find(0)).not.toBeNull();
    expect([loader.notices, loader.cost.calls]).toEqual([notices, 2]);
  });

  it('stay when a value was not found because Salesforce did not answer', async () => {
    const { loader, asked } = loading();
    const found = loader.seek('M');
    asked[0]?.answer({ ok: false, problem });
    expect(await found).toEqual({ ok: false, problem });
    expect(loader.cache.find(0)).not.toBeNull();
  });
});
