import { expect, it } from 'vitest';
import { markdownTable } from './markdown-table';

it('has a heading, a rule and a line for each row', () => {
  expect(markdownTable(['', 'a'], [['calls', '1']])).toBe('|  | a |\n|---|---|\n| calls | 1 |');
});

it('keeps what a cell says from breaking the table', () => {
  expect(markdownTable(['a'], [['x | y\n z']])).toContain('| x \\| y z |');
});
