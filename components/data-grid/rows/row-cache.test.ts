import { describe, expect, it } from 'vitest';
import type { RowWindow } from '@/lib/records/types';
import { RowCache } from './row-cache';

function rows(offset: number, length: number, more: Partial<RowWindow> = {}): RowWindow {
  const ids = Array.from({ length }, (_, index) => `001${String(offset + index).padStart(12, '0')}`);
  return {
    offset,
    ids,
    columns: ['Id'],
    values: [ids],
    currencies: null,
    total: 100_000,
    list: `list-${offset}`,
    cursor: `after-${offset + length - 1}`,
    notices: [],
    calls: 1,
    budget: null,
    asOf: '2026-03-08T10:04:00.000Z',
    ...more,
  };
}

describe('the windows of a list', () => {
  it('find a row by its place in the whole list', () => {
    const cache = new RowCache(rows(0, 200));
    cache.put(rows(600, 200), 600);
    expect(cache.find(601)?.index).toBe(1);
    expect(cache.find(601)?.window.ids[1]).toBe('001000000000601');
    expect(cache.find(200)).toBeNull();
  });

  it('ask from the boundary before what is missing', () => {
    const cache = new RowCache(rows(0, 200));
    expect(cache.missingFrom(0, 200)).toBeNull();
    expect(cache.missingFrom(190, 240)).toBe(200);
    expect(cache.missingFrom(51_234, 51_260)).toBe(51_200);
  });

  it('ask from where the rows end that are already here', () => {
    const cache = new RowCache(rows(0, 130));
    expect(cache.missingFrom(100, 160)).toBe(130);
    expect(cache.missingFrom(150, 160)).toBe(130);
  });

  it('ask for a view across a boundary in one window', () => {
    expect(new RowCache(rows(0, 200)).missingFrom(8_999, 9_025)).toBe(8_999);
  });

  it('ask for nothing beyond the end', () => {
    expect(new RowCache(rows(0, 30, { total: 30 })).missingFrom(0, 90)).toBeNull();
  });

  it('say what the rest of a range costs', () => {
    const cache = new RowCache(rows(0, 200));
    cache.put(rows(400, 200), 400);
    expect(cache.missingWindows(100, 250)).toBe(1);
    expect(cache.missingWindows(0, 1_000)).toBe(3);
    expect(cache.missingWindows(0, 200)).toBe(0);
  });

  it('know how far they go without a gap', () => {
    const cache = new RowCache(rows(0, 200));
    cache.put(rows(200, 200), 200);
    cache.put(rows(800, 200), 800);
    expect(cache.loadedAround(250)).toEqual({ first: 0, last: 400 });
    expect(cache.loadedAround(801)).toEqual({ first: 800, last: 1_000 });
    expect(cache.loadedAround(500)).toEqual({ first: 500, last: 500 });
  });

  it('know where to go on from', () => {
    const cache = new RowCache(rows(0, 200));
    expect(cache.cursorBefore(200)).toBe('after-199');
    expect(cache.cursorBefore(400)).toBeNull();
  });

  it('take total and list from the newest answer', () => {
    const cache = new RowCache(rows(0, 200));
    cache.put(rows(200, 200, { total: 99_000, list: 'reopened' }), 200);
    expect([cache.total, cache.list]).toEqual([99_000, 'reopened']);
  });

  it('let go of what is far from the reader, and keep what is near', () => {
    const cache = new RowCache(rows(0, 200));
    for (let offset = 200; offset < 50_000; offset += 200) cache.put(rows(offset, 200), offset);
    expect(cache.windows.length).toBe(40);
    expect(cache.find(49_900)).not.toBeNull();
    expect(cache.find(0)).toBeNull();
  });

  it('hold fewer windows when rows are wide', () => {
    const wide = (offset: number) => ({
      ...rows(offset, 200),
      values: Array.from({ length: 800 }, () => []),
    });
    const cache = new RowCache(wide(0));
    for (let offset = 200; offset < 4_000; offset += 200) cache.put(wide(offset), offset);
    expect(cache.windows.length).toBe(2);
  });
});
