import { describe, expect, it } from 'vitest';
import { beginDryRun, parseDryRun } from './schema';

describe('the form of a dry run', () => {
  it('begins with what a link says, and with nothing where it says it wrongly', () => {
    expect(beginDryRun({ query: 'getAccounts' })).toMatchObject({
      kind: 'named_query',
      query: 'getAccounts',
    });
    expect(beginDryRun({ path: '/services/data' })).toMatchObject({ kind: 'request', method: 'GET' });
    expect(beginDryRun({ soql: ['SELECT Id FROM Account', 'x'] })).toMatchObject({
      kind: 'soql',
      soql: 'SELECT Id FROM Account',
    });
    expect(beginDryRun({ query: 'x'.repeat(9_000) })).toMatchObject({ kind: 'soql', query: '' });
  });

  it('takes the parameters of a named query by their names, and no others', () => {
    const form = parseDryRun({
      ...{ kind: 'named_query', query: 'getAccounts', connectionId: '00000000-0000-4000-8000-000000000000' },
      ...{ 'value.limit': '5', 'value.__proto__': 'x', other: 'y' },
    });
    expect(Object.entries(form.values)).toContainEqual(['limit', '5']);
    expect(Object.keys(form.values)).not.toContain('other');
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});
