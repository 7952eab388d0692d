import { describe, expect, it } from 'vitest';
import { follow, MAX_HEIGHT, placeOf, positionOfRow, rowsAt, scrollMap, topOf } from './scroll-map';

const VIEW = 800;
const small = scrollMap(5_000, 36, VIEW);
const large = scrollMap(1_000_000, 36, VIEW);
const huge = scrollMap(50_000_000, 40, VIEW);

describe('a list that fits', () => {
  it('scrolls one to one', () => {
    expect(small.height).toBe(180_000);
    expect(placeOf(small, 4_321)).toBe(4_321);
    expect(follow(small, { top: 0, place: 0 }, 90_000)).toEqual({ top: 90_000, place: 90_000 });
  });

  it('never goes beyond its ends', () => {
    expect(placeOf(small, -20)).toBe(0);
    expect(placeOf(small, 999_999)).toBe(180_000 - VIEW);
    expect(placeOf(scrollMap(3, 36, VIEW), 50)).toBe(0);
  });
});

describe.each([
  ['a million rows', large, 36],
  ['fifty million rows', huge, 40],
])('%s', (_, map, rowHeight) => {
  it('are no higher than a browser lays out', () => {
    expect(map.height).toBe(MAX_HEIGHT);
  });

  it('begin and end where the scroll bar does', () => {
    expect(placeOf(map, 0)).toBe(0);
    expect(placeOf(map, map.height - VIEW)).toBe(map.full - VIEW);
    expect(topOf(map, map.full - VIEW)).toBe(map.height - VIEW);
  });

  it('find the bar of a place, and the place of a bar', () => {
    for (const place of [0, 500_000, 1_000_001, map.full / 3, map.full - 700_000, map.full - VIEW]) {
      expect(placeOf(map, topOf(map, place))).toBeCloseTo(place, 3);
    }
  });

  it('never go back when the bar goes on', () => {
    let before = -1;
    for (let top = 0; top <= map.height - VIEW; top += 99_991) {
      expect(placeOf(map, top)).toBeGreaterThan(before);
      before = placeOf(map, top);
    }
  });

  it('move one to one under a wheel, also in the middle', () => {
    const from = positionOfRow(map, 500_000, rowHeight);
    expect(follow(map, from, from.top + 120)).toEqual({ top: from.top + 120, place: from.place + 120 });
  });

  it('go where the bar is dragged to', () => {
    const from = positionOfRow(map, 10, rowHeight);
    expect(follow(map, from, 6_000_000).place).toBe(placeOf(map, 6_000_000));
  });

  it('set the bar right when a wheel brings it to an end before the rows are there', () => {
    const next = follow(map, { top: 100, place: 2_000_000 }, 0);
    expect(next.place).toBe(1_999_900);
    expect(next.top).toBe(topOf(map, 1_999_900));
    expect(next.top).toBeGreaterThan(0);
  });
});

describe('the rows in view', () => {
  const shape = { view: 360, rowHeight: 36, total: 100, more: 2 };
  it('are those that are seen at least in part, with some around', () => {
    expect(rowsAt(0, shape)).toEqual({ first: 0, last: 12 });
    expect(rowsAt(370, shape)).toEqual({ first: 8, last: 23 });
    expect(rowsAt(100 * 36 - 360, shape)).toEqual({ first: 88, last: 100 });
  });
});
