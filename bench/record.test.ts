import { describe, expect, it } from 'vitest';
import { busyWarning, replaceResult } from './record';

const page = '# Title\n<!-- herd: begin -->\nold\n<!-- herd: end -->\nprose\n';

describe('a recorded result', () => {
  it('takes the place of the one before and leaves the prose', () => {
    expect(replaceResult(page, 'herd', '\n| new |\n')).toBe(
      '# Title\n<!-- herd: begin -->\n\n| new |\n\n<!-- herd: end -->\nprose\n',
    );
  });

  it('can be replaced again', () => {
    const once = replaceResult(page, 'herd', 'one');
    expect(replaceResult(once, 'herd', 'two')).toBe(replaceResult(page, 'herd', 'two'));
  });

  it.each([
    ['no markers', 'prose'],
    ['no end', '<!-- herd: begin -->'],
    ['the end first', '<!-- herd: end --><!-- herd: begin -->'],
    ['two of them', page + page],
  ])('needs its place: %s', (_, text) => {
    expect(() => replaceResult(text, 'herd', 'x')).toThrow('once each');
  });
});

describe('a machine', () => {
  it.each([
    [0.4, null],
    [2, null],
    [9.6, expect.stringContaining('load 10 on 2 cores')],
  ])('with a load of %d on two cores', (load, warning) => {
    expect(busyWarning(load, 2)).toEqual(warning);
  });
});
