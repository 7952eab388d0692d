import { describe, expect, it } from 'vitest';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import { slugOf } from '@/lib/environments/slug';
import { AppError } from '@/lib/errors';

const form = {
  name: 'Production',
  kind: 'production',
  origin: 'https://acme.my.salesforce.com',
  clientId: '3MVG9.production.orgdock',
};

function problemsOf(changes: Record<string, unknown>): Record<string, string> {
  try {
    parseEnvironmentForm({ ...form, ...changes });
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_INPUT') return error.details;
    throw error;
  }
  return {};
}

describe('the form of an environment', () => {
  it('fills in what is seldom changed', () => {
    expect(parseEnvironmentForm(form)).toEqual({
      ...form,
      consumerSecret: null,
      removeSecret: false,
      apiVersion: '66.0',
      scopes: ['openid', 'id', 'api', 'refresh_token'],
      allowSignIn: false,
      membership: 'known_people',
      access: 'everyone',
      idleLimitDays: 30,
      absoluteLimitDays: null,
      introspection: true,
      uncertainPolicy: 'reconnect',
      readingHours: null,
    });
  });

  const office = { days: [1, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };

  it.each([
    ['', null],
    [null, null],
    [JSON.stringify(office), office],
    [{ ...office, days: [5, 1, 5] }, office],
    [
      { ...office, from: '22:00', to: '06:00', timeZone: 'UTC' },
      { ...office, from: '22:00', to: '06:00', timeZone: 'UTC' },
    ],
  ])('takes %j for reading hours', (readingHours, expected) => {
    expect(parseEnvironmentForm({ ...form, readingHours }).readingHours).toEqual(expected);
  });

  it.each([
    'at night',
    '{',
    '[]',
    'x'.repeat(600),
    JSON.stringify({ ...office, days: [] }),
    { ...office, days: [0] },
    { ...office, days: [8] },
    { ...office, days: [1.5] },
    { ...office, from: '8:00' },
    { ...office, to: '24:00' },
    { ...office, timeZone: 'Mars/Olympus' },
    { ...office, timeZone: '' },
    { ...office, more: 1 },
  ])('refuses %j as reading hours', (readingHours) => {
    expect(problemsOf({ readingHours })).toHaveProperty('readingHours');
  });

  it.each([
    ['', null],
    ['  ', null],
    [null, null],
    ['1', 1],
    [' 90 ', 90],
    [3650, 3650],
  ])('reads the limit %j as %j days', (value, days) => {
    const parsed = parseEnvironmentForm({ ...form, idleLimitDays: value, absoluteLimitDays: value });
    expect(parsed).toMatchObject({ idleLimitDays: days, absoluteLimitDays: days });
  });

  it('takes the choices of its refresh token policy', () => {
    const choices = { introspection: 'false', uncertainPolicy: 'one_try' };
    expect(parseEnvironmentForm({ ...form, ...choices })).toMatchObject({
      introspection: false,
      uncertainPolicy: 'one_try',
    });
  });

  it.each([
    ['acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['http://acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['https://acme--uat--c.sandbox.vf.force.com/apex/Page', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['  https://ACME.my.salesforce.com/home/home.jsp?x=1#y ', 'https://acme.my.salesforce.com'],
    ['https://acme.lightning.force.com/lightning/o/Account/list', 'https://acme.my.salesforce.com'],
    ['acme--uat.sandbox.lightning.force.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    [
      'https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home',
      'https://acme.my.salesforce.com',
    ],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
  ])('makes an origin of what people paste: %s', (pasted, origin) => {
    expect(parseEnvironmentForm({ ...form, origin: pasted }).origin).toBe(origin);
  });

  it.each([
    'https://acme.my.salesforce.com.evil.example',
    'https://acme.my.salesforce.com@evil.example',
    'https://user:secret@acme.my.salesforce.com',
    'https://10.0.0.1',
    'https://acme.my.salesforce.com:8443',
    'javascript:alert(1)',
    'ftp://acme.my.salesforce.com',
    'not an address at all',
    'https://',
    '',
    `https://${'a'.repeat(2_000)}.my.salesforce.com`,
  ])('refuses the address %s', (origin) => {
    expect(problemsOf({ origin })).toHaveProperty('origin');
  });

  it.each([
    ['name', ''],
    ['name', '   '],
    ['name', '<script>alert(1)</script>'],
    ['name', 'line\nbreak'],
    ['name', 'x'.repeat(81)],
    ['name', 7],
    ['kind', 'staging'],
    ['clientId', ''],
    ['clientId', 'with a space'],
    ['clientId', 'x'.repeat(513)],
    ['consumerSecret', 'x'.repeat(100_000)],
    ['consumerSecret', 'ünïcode'],
    ['apiVersion', '12.0'],
    ['apiVersion', 'latest'],
    ['scopes', 'openid api'],
    ['scopes', 'openid api refresh_token <x>'],
    ['allowSignIn', 'perhaps'],
    ['membership', 'everyone'],
    ['idleLimitDays', '0'],
    ['idleLimitDays', '-5'],
    ['idleLimitDays', '2.5'],
    ['idleLimitDays', '30 days'],
    ['idleLimitDays', '3651'],
    ['absoluteLimitDays', '1e2'],
    ['introspection', 'on'],
    ['uncertainPolicy', 'twice'],
  ])('says what is wrong with %s = %j', (field, value) => {
    const problems = problemsOf({ [field]: value });
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]?.length).toBeGreaterThan(10);
  });

  it('refuses fields that it does not know, such as a slug', () => {
    expect(problemsOf({ slug: 'mine' })).toHaveProperty('form');
    expect(() => parseEnvironmentForm(null)).toThrow(AppError);
  });

  it('takes a consumer key of any shape as text, checkboxes as browsers send them, and versions as people write them', () => {
    const parsed = parseEnvironmentForm({
      ...form,
      clientId: ' odd-key_1 ',
      consumerSecret: ' s3cret ',
      allowSignIn: 'on',
      removeSecret: '',
      apiVersion: 'v67',
      scopes: 'full refresh_token, openid openid',
    });
    expect(parsed).toMatchObject({
      clientId: 'odd-key_1',
      consumerSecret: 's3cret',
      allowSignIn: true,
      removeSecret: false,
      apiVersion: '67.0',
      scopes: ['full', 'refresh_token', 'openid'],
    });
  });
});

describe('slugOf', () => {
  it.each([
    ['Production', 'production'],
    ['UAT (Köln)', 'uat-koln'],
    ['  --Ready?  Set! ', 'ready-set'],
    ['日本', 'environment'],
    ['New', 'new-2'],
    ['x'.repeat(80), 'x'.repeat(40)],
  ])('makes of %j the slug %s', (name, slug) => {
    expect(slugOf(name, new Set())).toBe(slug);
  });

  it('does not take one that is taken', () => {
    expect(slugOf('UAT', new Set(['uat', 'uat-2']))).toBe('uat-3');
  });
});
