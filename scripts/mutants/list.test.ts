import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './list.mjs';

describe('the list of mutants', () => {
  it('has edits that each apply once to the code as it is', () => {
    const stale = MUTANTS.flatMap(({ name, edits }) => {
      const texts = new Map<string, string>();
      return edits.flatMap(({ file, find, replace }) => {
        const text = texts.get(file) ?? readFileSync(file, 'utf8');
        texts.set(
          file,
          text.replace(find, () => replace),
        );
        return text.split(find).length === 2 ? [] : [`${name}: ${file}`];
      });
    });
    expect(stale).toEqual([]);
  });

  it('gives each its own name', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });
});
