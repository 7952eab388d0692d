import { describe, expect, it } from 'vitest';
import { decide, decidePlace, decideRawToken, decideRows } from '@/lib/broker/policy/decide';
import { emptyPolicy, keyPolicySchema } from '@/lib/broker/policy/schema';
import type { CallSettings, Understood } from '@/lib/broker/policy/types';
import type { KeyPolicy, PolicyRule } from '@/lib/broker/types';
import { policyOf, SETTINGS } from '@/tests/policy-org';

const read: Understood = {
  touches: [{ operation: 'read', sobject: 'Account', field: 'Name' }],
  family: null,
  rows: null,
  locator: null,
  reads: true,
};
const write: Understood = {
  ...read,
  touches: [{ operation: 'update', sobject: 'Account', field: 'Name' }],
  rows: 3,
  reads: false,
};
const office = { days: [5], from: '08:00', to: '12:00', timeZone: 'UTC' };

describe('decide', () => {
  it.each<[PolicyRule, Partial<KeyPolicy>, Partial<CallSettings>, Understood]>([
    ['addresses', { addresses: ['198.51.100.0/24'] }, {}, read],
    ['addresses', { addresses: ['192.0.2.0/24'] }, { address: null }, read],
    ['addresses', { addresses: ['192.0.2.0/24'] }, { address: '192.0.2.7 ' }, read],
    ['hours', { hours: office }, {}, read],
    ['environments', { environments: [] }, {}, read],
    ['connections', { connections: [SETTINGS.environmentId] }, {}, read],
    ['calls_per_day', { callsPerDay: 5 }, { today: { calls: 5, rows: 0 } }, read],
    ['access', { access: 'named_queries' }, {}, read],
    ['named_queries', { namedQueries: ['other'] }, { namedQuery: 'mine' }, read],
    ['operations', { operations: ['query'] }, {}, read],
    ['access', { access: 'read' }, {}, write],
    ['objects', { objects: [{ name: 'Contact', fields: null }] }, {}, read],
    ['fields', { objects: [{ name: 'Account', fields: ['Phone'] }] }, {}, read],
    ['not_understood', { objects: [{ name: 'Account', fields: null }] }, {}, { ...read, unclear: 'why' }],
    ['rows_per_call', { rowsPerCall: 2 }, {}, write],
    ['rows_per_day', { rowsPerDay: 5 }, { today: { calls: 0, rows: 3 } }, write],
    ['rows_per_day', { rowsPerDay: 5 }, { today: { calls: 0, rows: 5 } }, read],
    ['families', {}, {}, { ...read, touches: [], family: 'soap' }],
  ])('refuses by %s', (rule, limits, settings, what) => {
    expect(decide(policyOf(limits), { ...SETTINGS, ...settings }, what)).toMatchObject({
      allowed: false,
      rule,
    });
  });

  it.each<[string, Partial<KeyPolicy>, Partial<CallSettings>, Understood]>([
    ['nothing is limited', {}, {}, write],
    ['an address within a range', { addresses: ['192.0.2.0/24', '2001:db8::/32'] }, {}, read],
    [
      'an IPv4 address on an IPv6 socket',
      { addresses: ['192.0.2.7'] },
      { address: '::ffff:192.0.2.7' },
      read,
    ],
    ['an hour within', { hours: { ...office, to: '12:01' } }, {}, read],
    ['names in other letters', { objects: [{ name: 'ACCOUNT', fields: ['name'] }] }, {}, read],
    ['the last rows of a day', { rowsPerDay: 6 }, { today: { calls: 0, rows: 3 } }, write],
    [
      'a named query',
      { access: 'named_queries', namedQueries: ['Mine'], operations: [] },
      { namedQuery: 'mine' },
      read,
    ],
    ['what is unclear without a limit', {}, {}, { ...read, unclear: 'why' }],
  ])('allows %s', (_what, limits, settings, what) => {
    expect(decide(policyOf(limits), { ...SETTINGS, ...settings }, what)).toMatchObject({ allowed: true });
  });

  it('names the rule, the object and the field, and what passed before', () => {
    const policy = policyOf({ objects: [{ name: 'Account', fields: ['Phone'] }] });
    const decision = decide(policy, SETTINGS, read);
    expect(decision).toMatchObject({ reason: expect.stringContaining('the field Name of Account') });
    expect(decision.because).toContain('The policy names Account.');
  });

  it('asks about where and when before it says how the request was read', () => {
    const refused = { refused: 'path', reason: 'why' } as const;
    expect(decide(policyOf(), SETTINGS, refused)).toMatchObject({ rule: 'path', reason: 'why' });
    expect(decide(policyOf({ environments: [] }), SETTINGS, refused)).toMatchObject({ rule: 'environments' });
  });
});

describe('the other decisions', () => {
  it('refuses a connection by the rules that need no request', () => {
    expect(decidePlace(policyOf({ connections: [] }), SETTINGS)).toMatchObject({ rule: 'connections' });
    expect(decidePlace(policyOf(), SETTINGS)).toMatchObject({ allowed: true });
  });

  it('refuses rows beyond a call or a day', () => {
    const policy = policyOf({ rowsPerCall: 10, rowsPerDay: 15 });
    expect(decideRows(policy, 0, 11)).toMatchObject({ rule: 'rows_per_call' });
    expect(decideRows(policy, 6, 10)).toMatchObject({ rule: 'rows_per_day' });
    expect(decideRows(policy, 5, 10)).toMatchObject({ allowed: true });
  });

  it('hands out a raw token only where nothing else is limited', () => {
    expect(decideRawToken(policyOf(), SETTINGS)).toMatchObject({ rule: 'raw_token' });
    expect(decideRawToken(policyOf({ rawToken: true, objects: [] }), SETTINGS)).toMatchObject({
      rule: 'raw_token',
    });
    expect(decideRawToken(policyOf({ rawToken: true, access: 'read' }), SETTINGS)).toMatchObject({
      rule: 'raw_token',
    });
    const withoutDelete = policyOf().operations.filter((operation) => operation !== 'delete');
    expect(decideRawToken(policyOf({ rawToken: true, operations: withoutDelete }), SETTINGS)).toMatchObject({
      rule: 'raw_token',
    });
    expect(decideRawToken(policyOf({ rawToken: true }), SETTINGS)).toMatchObject({ allowed: true });
  });
});

describe('keyPolicySchema', () => {
  it('takes a policy as it is, and one that allows nothing', () => {
    const policy = policyOf({ addresses: ['192.0.2.0/24', '2001:db8::1'], hours: office });
    expect(keyPolicySchema.parse(policy)).toEqual(policy);
    expect(keyPolicySchema.parse(emptyPolicy)).toEqual(emptyPolicy);
    expect(decide(emptyPolicy, SETTINGS, read)).toMatchObject({ allowed: false });
  });

  it.each<[string, Record<string, unknown>]>([
    ['an unknown key', { more: true }],
    [
      'an object twice',
      {
        objects: [
          { name: 'Account', fields: null },
          { name: 'account', fields: [] },
        ],
      },
    ],
    ['a name that is none', { objects: [{ name: '*', fields: null }] }],
    ['a path for a field', { objects: [{ name: 'Account', fields: ['Owner.Name'] }] }],
    ['a range that is none', { addresses: ['192.0.2.0/33'] }],
    ['a host for an address', { addresses: ['example.com'] }],
    ['no address at all', { addresses: [] }],
    ['a family beside a limit of objects', { objects: [], families: ['bulk'] }],
    ['a raw token beside a limit of objects', { objects: [], rawToken: true }],
    ['a raw token beside a limit of operations', { operations: ['query'], rawToken: true }],
    ['a family for named queries only', { access: 'named_queries', families: ['bulk'] }],
    ['no rows', { rowsPerCall: 0 }],
  ])('refuses %s', (_what, part) => {
    expect(keyPolicySchema.safeParse({ ...policyOf(), ...part }).success).toBe(false);
  });
});
