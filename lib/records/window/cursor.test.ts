import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCursor, parseCursor, stampOf } from './cursor';

const stamp = stampOf('SELECT Id FROM Account ORDER BY Name');
const cursor = fc.record({
  row: fc.nat(),
  id: fc.stringMatching(/^[A-Za-z0-9]{18}$/),
  values: fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)), {
    maxLength: 5,
  }),
});

describe('a cursor', () => {
  it('comes back as it was, under its own stamp only', () => {
    fc.assert(
      fc.property(cursor, (where) => {
        const text = formatCursor(stamp, where) ?? '';
        expect(text).toMatch(/^[\w-]+$/);
        expect(parseCursor(stamp, text)).toEqual(where);
        expect(parseCursor(stampOf('SELECT Id FROM Account ORDER BY Name DESC'), text)).toBeNull();
      }),
    );
  });

  it('is none when it would be too long for a URL', () => {
    expect(formatCursor(stamp, { row: 1, id: 'x', values: ['x'.repeat(2_000)] })).toBeNull();
  });

  it.each(['', 'AAAA', '{}', 'x'.repeat(3_000), Buffer.from('[1,2,3,4]').toString('base64url')])(
    'is not read from %j',
    (text) => expect(parseCursor(stamp, text)).toBeNull(),
  );

  it.each([
    [stamp, 1.5, 'id', []],
    [stamp, 1, 7, []],
    [stamp, 1, 'id', 'x'],
    [stamp, 1, 'id', Array.from({ length: 11 }, () => 1)],
  ])('is not read from the parts %j', (...parts) => {
    expect(parseCursor(stamp, Buffer.from(JSON.stringify(parts)).toString('base64url'))).toBeNull();
  });
});
