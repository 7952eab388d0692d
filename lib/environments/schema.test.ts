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
      saveAs: 'active',
      isProduction: true,
      color: null,
      rank: 0,
      contactEmail: null,
      runAsUsername: null,
      appType: 'external_client_app',
      consumerSecret: null,
      removeSecret: false,
      clientType: 'confidential',
      clientAuthentication: 'client_secret_post',
      apiVersion: '66.0',
      scopes: ['openid', 'id', 'api', 'refresh_token'],
      sendScopeOnRefresh: false,
      authorizeParameters: {},
      tokenParameters: {},
      tokenHeaders: {},
      authorizeUrl: null,
      tokenUrl: null,
      headerPrefix: 'Bearer',
      authenticationTimeoutSeconds: 10,
      queryTimeoutSeconds: 120,
      apiReservePercent: 0,
      allowRawTokens: false,
      allowSignIn: false,
      membership: 'known_people',
      access: 'everyone',
      idleLimitDays: 30,
      absoluteLimitDays: null,
      introspection: true,
      uncertainPolicy: 'reconnect',
      readingHours: null,
      outsideHours: 'alert',
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

  it('takes a draft with a name and a kind only, and nothing of it that is wrong', () => {
    const draft = parseEnvironmentForm({ saveAs: 'draft', name: 'Next', kind: 'uat', clientId: ' ' });
    expect(draft).toMatchObject({ saveAs: 'draft', origin: '', clientId: '', isProduction: false });
    const known = { origin: 'acme.my.salesforce.com', clientId: '3MVG9.next' };
    expect(parseEnvironmentForm({ saveAs: 'draft', name: 'Next', kind: 'uat', ...known })).toMatchObject({
      ...known,
      origin: 'https://acme.my.salesforce.com',
    });
    for (const [field, wrong] of Object.entries({
      origin: 'https://evil.example',
      clientId: 'a b',
      name: '',
    })) {
      expect(Object.keys(problemsOf({ saveAs: 'draft', [field]: wrong }))).toEqual([field]);
    }
    expect(Object.keys(problemsOf({ saveAs: 'active', origin: '', clientId: '' }))).toEqual([
      'origin',
      'clientId',
    ]);
  });

  it('says itself that production is production, unless the form does', () => {
    const isProduction = (changes: object) => parseEnvironmentForm({ ...form, ...changes }).isProduction;
    expect(isProduction({})).toBe(true);
    expect(isProduction({ isProduction: 'false' })).toBe(false);
    expect(isProduction({ kind: 'uat' })).toBe(false);
    expect(isProduction({ kind: 'uat', isProduction: 'on' })).toBe(true);
  });

  it('takes what is added to requests as an object or as JSON', () => {
    const added = { authorizeParameters: { display: 'page' }, tokenHeaders: { 'X-Route': 'eu 1' } };
    expect(parseEnvironmentForm({ ...form, ...added, tokenParameters: '{"audience":"crm"}' })).toMatchObject({
      ...added,
      tokenParameters: { audience: 'crm' },
    });
    expect(parseEnvironmentForm({ ...form, tokenHeaders: '' }).tokenHeaders).toEqual({});
  });

  it.each([
    [
      'authorizeParameters',
      ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'prompt'],
    ],
    ['authorizeParameters', ['code_challenge', 'code_challenge_method', 'login_hint', 'Request', 'a b']],
    [
      'tokenParameters',
      ['grant_type', 'code', 'client_id', 'client_secret', 'client_assertion', 'redirect_uri'],
    ],
    [
      'tokenParameters',
      ['refresh_token', 'code_verifier', 'assertion', 'scope', 'username', 'Password', 'token'],
    ],
    [
      'tokenHeaders',
      ['Authorization', 'cookie', 'Host', 'Content-Type', 'content-length', 'Transfer-Encoding'],
    ],
    ['tokenHeaders', ['a b', 'x:y', 'x\r\ny', '', 'Accept', 'Connection', 'Proxy-Authorization']],
  ])('does not let %s hold one of %j', (field, names) => {
    for (const name of names) {
      const problems = problemsOf({ [field]: JSON.parse(`{${JSON.stringify(name)}:"x"}`) });
      expect(Object.keys(problems), name).toEqual([field]);
    }
  });

  it.each(['x\r\nCookie: y', 'x\n', '\u0000', 'ü', ' x', '', 'x'.repeat(2_001)])(
    'does not send %j in a header',
    (value) => {
      expect(problemsOf({ tokenHeaders: { 'X-Route': value } })).toHaveProperty('tokenHeaders');
    },
  );

  it('refuses one name twice, and more than twenty', () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x${index}`, 'y']));
    for (const tokenHeaders of [{ 'X-Route': 'a', 'x-route': 'b' }, many, ['x'], { x: 1 }, 'x']) {
      expect(problemsOf({ tokenHeaders })).toHaveProperty('tokenHeaders');
    }
  });

  it('holds the token address to the org’s own, and the authorize address to Salesforce', () => {
    const own = 'https://acme.my.salesforce.com/eu/token';
    const login = 'https://login.salesforce.com/services/oauth2/authorize';
    expect(parseEnvironmentForm({ ...form, tokenUrl: own, authorizeUrl: login })).toMatchObject({
      tokenUrl: own,
      authorizeUrl: login,
    });
    expect(problemsOf({ tokenUrl: 'https://login.salesforce.com/services/oauth2/token' }).tokenUrl).toContain(
      'one host only',
    );
    for (const url of [
      'https://evil.example/a',
      'http://acme.my.salesforce.com/a',
      `${own}?x=1`,
      `${own}#`,
    ]) {
      expect(problemsOf({ tokenUrl: url }), url).toHaveProperty('tokenUrl');
      expect(problemsOf({ authorizeUrl: url }), url).toHaveProperty('authorizeUrl');
    }
  });

  it.each([
    ['saveAs', 'template'],
    ['color', 'mauve'],
    ['rank', '1.5'],
    ['contactEmail', 'nobody'],
    ['contactEmail', 'a@b, c@d'],
    ['runAsUsername', 'integration'],
    ['runAsUsername', `${'x'.repeat(80)}@acme.com`],
    ['clientType', 'secret'],
    ['clientAuthentication', 'none'],
    ['headerPrefix', 'Bearer x'],
    ['headerPrefix', 'B\r\nX'],
    ['authenticationTimeoutSeconds', '0'],
    ['queryTimeoutSeconds', '601'],
    ['apiReservePercent', '91'],
    ['apiReservePercent', '-1'],
    ['apiReservePercent', '12.5'],
    ['outsideHours', 'maybe'],
  ])('says what is wrong with the setting %s = %j', (field, value) => {
    expect(Object.keys(problemsOf({ [field]: value }))).toEqual([field]);
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
