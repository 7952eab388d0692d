import { describe, expect, it } from 'vitest';
import { htmlToLine } from './html-to-line';

describe('rich text in one line', () => {
  it.each([
    ['<p>Hello <b>wor</b>ld</p><p>again</p>', 'Hello world again'],
    ['one<br/>two', 'one two'],
    ['Fish &amp; Chips &#8211; 5&nbsp;&euro;', 'Fish & Chips – 5 €'],
    ['&#x41;&unknown;', 'A&unknown;'],
    ['<style>p{color:red}</style><ul><li>a</li><li>b</li></ul>', 'a b'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['', ''],
  ])('%j is %j', (html, text) => {
    expect(htmlToLine(html)).toBe(text);
  });

  it('leaves what is no character as it is', () => {
    expect(htmlToLine('&#0;&#55296;&#9999999;')).toBe('&#0;&#55296;&#9999999;');
  });
});
