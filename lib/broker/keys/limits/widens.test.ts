import { describe, expect, it } from 'vitest';
import type { KeyPolicy } from '@/lib/broker/types';
import { OPEN_POLICY } from '@/tests/api-keys';
import { widens } from './widens';

const HOURS = { days: [1, 2], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };
const NARROW: KeyPolicy = {
  access: 'read',
  environments: ['a', 'b'],
  connections: ['c'],
  operations: ['query'],
  objects: [
    { name: 'Account', fields: ['Name', 'Industry'] },
    { name: 'Contact', fields: null },
  ],
  namedQueries: ['getAccounts'],
  families: ['bulk'],
  rowsPerCall: 10,
  rowsPerDay: 100,
  callsPerDay: 5,
  hours: HOURS,
  addresses: ['10.0.0.0/8', '2001:db8::/32'],
  rawToken: false,
};
const UNTIL = new Date('2026-12-01T00:00:00Z');

const change = (changes: Partial<KeyPolicy>, expiresAt: Date | null = UNTIL) =>
  widens({ policy: NARROW, expiresAt: UNTIL }, { policy: { ...NARROW, ...changes }, expiresAt });

describe('a change of a policy', () => {
  it.each<[string, Partial<KeyPolicy>]>([
    ['writing', { access: 'write' }],
    ['named queries beyond its objects', { access: 'named_queries' }],
    ['another environment', { environments: ['a', 'b', 'x'] }],
    ['every environment', { environments: null }],
    ['another connection', { connections: ['d'] }],
    ['another operation', { operations: ['query', 'delete'] }],
    ['another object', { objects: [...(NARROW.objects ?? []), { name: 'Lead', fields: [] }] }],
    ['another field', { objects: [{ name: 'account', fields: ['Name', 'Phone'] }] }],
    ['every field', { objects: [{ name: 'Account', fields: null }] }],
    ['every object', { objects: null }],
    ['every named query', { namedQueries: null }],
    ['another family', { families: ['bulk', 'tooling'] }],
    ['more rows a call', { rowsPerCall: 11 }],
    ['rows without a limit', { rowsPerDay: null }],
    ['more calls', { callsPerDay: 6 }],
    ['another day', { hours: { ...HOURS, days: [1, 2, 3] } }],
    ['other times', { hours: { ...HOURS, to: '19:00' } }],
    ['another zone', { hours: { ...HOURS, timeZone: 'UTC' } }],
    ['any time', { hours: null }],
    ['a wider range', { addresses: ['10.0.0.0/7'] }],
    ['an address outside', { addresses: ['192.0.2.1'] }],
    ['any address', { addresses: null }],
    ['a raw token', { rawToken: true }],
  ])('widens it by %s', (_, changes) => {
    expect(change(changes)).toBe(true);
  });

  it('widens it by a later end, or none', () => {
    expect(change({}, new Date('2026-12-02T00:00:00Z'))).toBe(true);
    expect(change({}, null)).toBe(true);
  });

  it.each<[string, Partial<KeyPolicy>]>([
    ['nothing', {}],
    ['one environment', { environments: ['b'] }],
    ['no operation', { operations: [] }],
    ['fewer fields, in another case', { objects: [{ name: 'ACCOUNT', fields: ['industry', 'Id'] }] }],
    ['some fields of an object that had all', { objects: [{ name: 'Contact', fields: ['Email'] }] }],
    ['no family', { families: [] }],
    ['fewer rows', { rowsPerCall: 9, rowsPerDay: 99, callsPerDay: 4 }],
    ['fewer days', { hours: { ...HOURS, days: [2] } }],
    ['a range within, and an address', { addresses: ['10.1.0.0/16', '10.2.3.4', '2001:db8:1::/48'] }],
  ])('does not widen it by %s', (_, changes) => {
    expect(change(changes)).toBe(false);
    expect(change(changes, new Date('2026-11-30T00:00:00Z'))).toBe(false);
  });

  it('does not widen a key without limits of objects by named queries only', () => {
    const all = { policy: { ...NARROW, objects: null }, expiresAt: UNTIL };
    expect(widens(all, { ...all, policy: { ...all.policy, access: 'named_queries' } })).toBe(false);
  });

  it('never widens what is not limited', () => {
    const open = { policy: { ...OPEN_POLICY, families: NARROW.families, rawToken: true }, expiresAt: null };
    expect(widens(open, { policy: NARROW, expiresAt: UNTIL })).toBe(false);
  });
});
