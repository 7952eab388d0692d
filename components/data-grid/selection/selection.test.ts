import { describe, expect, it } from 'vitest';
import { at, boxOf, isRange, move } from './selection';

const extent = { rows: 1_000_000, columns: 12, page: 20 };

describe('the cursor', () => {
  it('begins with the first cell', () => {
    expect(move(null, 'down', extent, false)).toEqual(at(0, 0));
  });

  it('goes to the last row also when it was nowhere', () => {
    expect(move(null, 'last', extent, false)).toEqual(at(999_999, 11));
  });

  it.each([
    ['down', at(11, 3)],
    ['left', at(10, 2)],
    ['pageDown', at(30, 3)],
    ['pageUp', at(0, 3)],
    ['rowEnd', at(10, 11)],
    ['first', at(0, 0)],
    ['last', at(999_999, 11)],
  ] as const)('moves %s', (how, next) => {
    expect(move(at(10, 3), how, extent, false)).toEqual(next);
  });

  it('reaches the header from the first row, and goes no further', () => {
    expect(move(at(0, 3), 'up', extent, false)).toEqual(at(-1, 3));
    expect(move(at(-1, 3), 'up', extent, false)).toEqual(at(-1, 3));
    expect(move(at(-1, 3), 'pageDown', extent, false).cursor.row).toBe(20);
  });

  it('stays inside', () => {
    expect(move(at(999_999, 11), 'down', extent, false)).toEqual(at(999_999, 11));
    expect(move(at(5, 11), 'right', extent, false)).toEqual(at(5, 11));
  });
});

describe('a range', () => {
  it('keeps where it began', () => {
    const up = move(at(10, 3), 'up', extent, true);
    expect(up.anchor).toEqual({ row: 10, column: 3 });
    expect(boxOf(move(up, 'left', extent, true))).toEqual({ top: 9, bottom: 11, left: 2, right: 4 });
  });

  it('holds no header', () => {
    expect(move(at(0, 3), 'up', extent, true).cursor.row).toBe(0);
    expect(boxOf(at(-1, 3))).toBeNull();
  });

  it('has more than one cell', () => {
    expect(isRange({ top: 1, bottom: 2, left: 1, right: 2 })).toBe(false);
    expect(isRange({ top: 1, bottom: 3, left: 1, right: 2 })).toBe(true);
  });
});
