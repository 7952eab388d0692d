import { describe, expect, it } from 'vitest';
import { changesOf, factsOf } from './changes';

describe('changesOf', () => {
  it('names each setting that differs', () => {
    const details = {
      before: { name: 'UAT', scopes: ['api'], kept: 1 },
      after: { name: 'Test', scopes: ['api', 'openid'], kept: 1, added: true },
    };
    expect(changesOf(details)).toEqual([
      { name: 'name', before: 'UAT', after: 'Test' },
      { name: 'scopes', before: 'api', after: 'api, openid' },
      { name: 'added', before: null, after: 'true' },
    ]);
  });

  it('takes single values for one setting, and nothing for none', () => {
    expect(changesOf({ before: false, after: true })).toEqual([
      { name: 'value', before: 'false', after: 'true' },
    ]);
    expect(changesOf({ before: null, after: 90 })).toEqual([{ name: 'value', before: null, after: '90' }]);
    expect(changesOf({ reason: 'x' })).toEqual([]);
  });
});

describe('factsOf', () => {
  it('leaves out what changed and what is empty', () => {
    expect(factsOf({ before: 1, after: 2, code: 'X', none: null, events: [{ a: 1 }] })).toEqual([
      ['code', 'X'],
      ['events', '[{"a":1}]'],
    ]);
  });
});
