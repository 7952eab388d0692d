import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '@/lib/broker/types';
import { placesInWords, policyInWords, whatInWords } from './policy-words';
import { PRESETS, presetOf, READ_EVERYTHING } from './presets';

const NAMES = { environments: { e: 'Production' }, connections: { c: 'UAT: grace@acme.example' } };
const textsOf = (changes: Partial<typeof READ_EVERYTHING>) =>
  policyInWords({ ...READ_EVERYTHING, ...changes }, NAMES).map(({ text }) => text);

describe('a policy in words', () => {
  it('says what is not limited', () => {
    expect(textsOf({})).toEqual([
      'May query, search, read single records and describe.',
      'Every object and field that the Salesforce user sees.',
      'Through every connection that its owner may read.',
      'As many rows and calls as its owner.',
      'At any time.',
      'From any address.',
    ]);
  });

  it('says every limit', () => {
    const texts = textsOf({
      environments: ['e'],
      connections: ['c', 'gone'],
      objects: [
        { name: 'Account', fields: ['Name', 'Industry'] },
        { name: 'Contact', fields: null },
      ],
      namedQueries: ['getAccounts'],
      rowsPerCall: 2_000,
      callsPerDay: 10,
      hours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'UTC' },
      addresses: ['10.0.0.0/8'],
    });
    expect(texts).toEqual([
      'May query, search, read single records and describe.',
      'Account: Id, Name, Industry.',
      'Contact: all fields.',
      'Of named queries, only getAccounts.',
      'Only in Production.',
      'Only through UAT: grace@acme.example and a connection that is gone.',
      'At most 2,000 rows a call and 10 calls a day.',
      'Only Mon to Fri, 08:00 to 18:00 (UTC).',
      'Only from 10.0.0.0/8.',
    ]);
  });

  it('marks what a policy cannot look into', () => {
    const sentences = policyInWords({ ...READ_EVERYTHING, families: ['bulk'], rawToken: true }, NAMES);
    expect(sentences.filter(({ tone }) => tone === 'danger').map(({ text }) => text)).toEqual([
      'Also Bulk API, into which this policy cannot look.',
      'May be handed an access token, which no policy limits.',
    ]);
  });

  it('says of named queries nothing else', () => {
    expect(textsOf({ access: 'named_queries', families: ['bulk'], rawToken: true })).not.toContain(
      'Also Bulk API, into which this policy cannot look.',
    );
    expect(textsOf({ access: 'named_queries' })[0]).toBe('Runs every named query, and nothing else.');
  });
});

describe('a policy in one line', () => {
  it.each([
    [{}, 'Reads everything'],
    [{ objects: [{ name: 'Account', fields: ['Name'] }] }, 'Reads Account'],
    [{ access: 'write' as const, families: ['bulk' as const] }, 'Reads and writes everything, and Bulk API'],
    [{ access: 'named_queries' as const }, 'Runs named queries only'],
    [{ objects: ['A', 'B', 'C', 'D'].map((name) => ({ name, fields: null })) }, 'Reads A, B and 2 more'],
    [{ rawToken: true }, 'Reads everything, and access tokens'],
  ])('%j', (changes, words) => {
    expect(whatInWords({ ...READ_EVERYTHING, ...changes })).toBe(words);
  });

  it('names the places', () => {
    expect(placesInWords(READ_EVERYTHING, NAMES)).toBe('Everywhere');
    expect(placesInWords({ ...READ_EVERYTHING, environments: ['e'] }, NAMES)).toBe('Production');
    expect(placesInWords({ ...READ_EVERYTHING, connections: ['x'] }, NAMES)).toBe(
      'a connection that is gone',
    );
  });
});

describe('the presets', () => {
  it('are known again, whatever the limits, until something of them changes', () => {
    for (const { id, what } of PRESETS) {
      expect(presetOf({ ...READ_EVERYTHING, ...what, rowsPerDay: 5 })).toBe(id);
    }
    expect(presetOf({ ...READ_EVERYTHING, operations: ['query'] })).toBeNull();
  });

  it('hand out no token, and write only where they say so', () => {
    for (const { label, what } of PRESETS) {
      expect(what.rawToken).toBe(false);
      const writes = what.operations.some((one) => !['query', 'search', 'read', 'describe'].includes(one));
      expect(writes, label).toBe(/write|Everything/.test(label));
    }
    expect(PRESETS.at(-1)?.what.operations).toEqual([...OPERATIONS]);
  });
});
