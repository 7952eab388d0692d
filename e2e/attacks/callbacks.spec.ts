import { expect, test } from '../fixtures';
import type { Stack } from '../stack';
import { Visitor } from './visitor';

const CONNECT = { environment: 'production', intent: 'connect' };
const SIGN_IN = { environment: 'production', intent: 'sign_in' };

async function connectionsIn({ sql }: Stack): Promise<number> {
  const [row] = await sql`SELECT count(*)::int AS count FROM orgdock.connections`;
  return row?.count as number;
}

/** Codes that reached Salesforce's token endpoint. */
async function spentCodes({ control }: Stack): Promise<number> {
  const requests = await control.listRequests({ org: 'production' });
  return requests.filter(({ params }) => params.grant_type === 'authorization_code').length;
}

async function signedIn(stack: Stack): Promise<Visitor> {
  const visitor = new Visitor(stack);
  await visitor.signIn();
  await stack.control.clearLedger();
  return visitor;
}

/** A callback with some of its parameters changed; null takes one away. */
function bent(callback: string, changes: Record<string, string | null>): string {
  const [path = '', search = ''] = callback.split('?');
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${path}?${query}`;
}

test('forged callbacks reach no token endpoint and connect nothing', async ({ stack }) => {
  const visitor = await signedIn(stack);
  const callback = await visitor.allow(await visitor.begin(CONNECT));
  const state = new URLSearchParams(callback.split('?')[1]).get('state') ?? '';
  const forged = [
    bent(callback, { state: null }),
    bent(callback, { state: '' }),
    bent(callback, { state: 'x'.repeat(43) }),
    bent(callback, { state: state.toLowerCase() === state ? state.toUpperCase() : state.toLowerCase() }),
    bent(callback, { state: `${state}\t` }),
    bent(callback, { state: `${state}'--` }),
    bent(callback, { state: null }).concat('&state[]=', state),
    `${callback}&state=${state}`,
    '/api/auth/callback/production',
    '/api/auth/callback/production?error=access_denied',
    bent(callback, { state: null }).concat('#', state),
  ];
  for (const path of forged) {
    const answer = await visitor.ask(path);
    expect([answer.status, answer.headers.get('location')], path).toEqual([302, '/consent/unknown']);
  }
  for (const path of [
    callback.replace('/callback/', '/signin/'),
    callback.replace('/production?', '/production/x?'),
    callback.replace('/callback/', '/CALLBACK/'),
  ]) {
    expect((await visitor.ask(path)).status, path).toBe(404);
  }
  for (const method of ['POST', 'HEAD', 'PUT', 'DELETE']) {
    const { status } = await visitor.ask(callback, { method, headers: { origin: stack.portal } });
    expect([404, 405], method).toContain(status);
  }
  expect(await spentCodes(stack)).toBe(0);
  expect(await connectionsIn(stack)).toBe(0);
  expect((await visitor.ask(callback)).headers.get('location'), 'the true one still counts').toMatch(
    /^\/connections\//,
  );
});

test('a callback that is replayed, also at the same moment, spends one code and makes one connection', async ({
  stack,
}) => {
  const visitor = await signedIn(stack);
  const callback = await visitor.allow(await visitor.begin(CONNECT));
  const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.ask(callback)));
  const places = answers.map(({ headers }) => headers.get('location'));
  expect(places.filter((place) => place?.startsWith('/connections/'))).toHaveLength(1);
  expect(places.filter((place) => place === '/consent/unknown')).toHaveLength(5);
  expect((await visitor.ask(callback)).headers.get('location')).toBe('/consent/unknown');
  expect(await spentCodes(stack)).toBe(1);
  expect(await connectionsIn(stack)).toBe(1);
});

test('states that are swapped between two attempts connect nothing', async ({ stack }) => {
  const visitor = await signedIn(stack);
  const first = await visitor.allow(await visitor.begin(CONNECT));
  const second = await visitor.allow(await visitor.begin(CONNECT));
  const stateOf = (callback: string) => new URLSearchParams(callback.split('?')[1]).get('state');
  for (const swapped of [bent(first, { state: stateOf(second) }), bent(second, { state: stateOf(first) })]) {
    expect((await visitor.ask(swapped)).headers.get('location')).toMatch(/^\/consent\/[0-9a-f-]{36}$/);
  }
  expect(await connectionsIn(stack)).toBe(0);
  const alive = (await stack.control.listGrants('production')).filter(({ ended, scopes }) => {
    return ended === null && scopes.includes('refresh_token');
  });
  expect(alive).toEqual([]);
});

test('an answer that belongs to one environment counts at the callback of no other', async ({ stack }) => {
  const visitor = await signedIn(stack);
  for (const slug of ['uat', 'acme-login', 'no-such']) {
    const callback = await visitor.allow(await visitor.begin(CONNECT));
    const { status, headers } = await visitor.ask(callback.replace('/production?', `/${slug}?`));
    expect([302, 404], slug).toContain(status);
    expect(headers.get('location') ?? '', slug).not.toContain('/connections/');
  }
  expect(await spentCodes(stack)).toBe(0);
  expect(await connectionsIn(stack)).toBe(0);
});

test('a sign-in that an attacker began signs no victim in (login CSRF)', async ({ stack }) => {
  const attacker = new Visitor(stack);
  const callback = await attacker.allow(await attacker.begin(SIGN_IN), 'franz');
  const victim = new Visitor(stack);
  expect((await victim.ask(callback)).headers.get('location')).toBe('/consent/foreign-browser');
  expect(victim.cookie).not.toContain('orgdock.session');

  const known = new Visitor(stack);
  await known.signIn('grace');
  const before = known.cookie;
  const again = new Visitor(stack);
  const second = await again.allow(await again.begin(SIGN_IN), 'franz');
  expect((await known.ask(second)).headers.get('location')).toBe('/consent/foreign-browser');
  expect(known.cookie, 'whoever was signed in is the same person still').toBe(before);
  expect((await known.ask('/account')).body).toContain('Grace Whitmore');
});

test('a connect that one session began ends in no other one', async ({ stack }) => {
  const attacker = new Visitor(stack);
  await attacker.signIn('franz');
  const victim = await signedIn(stack);
  await stack.control.clearLedger();

  // The attacker's org for the victim, and the victim's org for the attacker.
  const planted = await attacker.allow(await attacker.begin(CONNECT), 'franz');
  expect((await victim.ask(planted)).headers.get('location')).toBe('/consent/foreign-browser');
  const lured = await victim.allow(await attacker.begin(CONNECT), 'grace');
  expect((await victim.ask(lured)).headers.get('location')).toBe('/consent/foreign-browser');

  // Also not with the attacker's browser mark planted beside the victim's session, nor after signing out.
  const mark = /orgdock\.attempt=([^;]+)/.exec(attacker.cookie)?.[1] ?? '';
  const third = await victim.allow(await attacker.begin(CONNECT), 'grace');
  victim.browser.setCookie(stack.portal, 'orgdock.attempt', mark);
  expect((await victim.ask(third)).headers.get('location')).toMatch(/^\/consent\/[0-9a-f-]{36}$/);
  const own = await attacker.allow(await attacker.begin(CONNECT), 'franz');
  await attacker.post('/api/sign-out', {});
  expect((await attacker.ask(own)).headers.get('location')).toMatch(/^\/consent\//);

  expect(await spentCodes(stack)).toBe(0);
  expect(await connectionsIn(stack)).toBe(0);
});

test('nobody is sent to another site, whatever the callbackUrl', async ({ stack }) => {
  const outside = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/%5cevil.example',
    '/%2f%2fevil.example',
    '/.//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    `${stack.portal}@evil.example/`,
    '/..//evil.example',
    '/api/auth/callback/production?code=x&state=y',
  ];
  for (const callbackUrl of outside) {
    const visitor = new Visitor(stack);
    const place = await visitor.consent({ ...SIGN_IN, callbackUrl });
    expect(new URL(place, stack.portal).origin, callbackUrl).toBe(stack.portal);
    expect(place, callbackUrl).toBe('/');
    const page = await new Visitor(stack).ask(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
    expect(page.body, callbackUrl).not.toMatch(/(?:href|action|content)="[^"]*evil\.example/);
  }
  const honest = new Visitor(stack);
  expect(await honest.consent({ ...SIGN_IN, callbackUrl: '/account' })).toBe('/account');
});
