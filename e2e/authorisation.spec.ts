import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext } from '@playwright/test';
import type { DemoUser } from '@/simulator/seed/facts';
import { expect, test } from './fixtures';
import { makeKey, withKey } from './keys';

/**
 * Every route of the built app with what it answers: signed out, to a member who is a stranger to the thing, to the member
 * whose it is, to an auditor and to an administrator. A route that is missing here fails the test: nothing is reachable
 * that nobody has thought about.
 */
const PUBLIC = 'public';
type Who = 'signedOut' | 'stranger' | 'owner' | 'auditor' | 'admin';
type Expected = typeof PUBLIC | Record<Who, number>;

const everybody = (all: number) => ({ signedOut: all, stranger: all, owner: all, auditor: all, admin: all });
const staff = (auditor: number, admin: number) => ({
  ...{ signedOut: 307, stranger: 403, owner: 403 },
  ...{ auditor, admin },
});
const OWN = { signedOut: 307, stranger: 404, owner: 200, auditor: 404, admin: 404 };
/** Answers JSON; the matrix asks for nothing in particular, which its owner alone is told. */
const OWN_JSON = { signedOut: 401, stranger: 404, owner: 400, auditor: 404, admin: 404 };
const MINE = { signedOut: 307, stranger: 200, owner: 200, auditor: 200, admin: 200 };
/** Auditors read what administrators do. */
const STAFF = staff(200, 200);
/** A page that is a form and nothing else. */
const ADMIN = staff(403, 200);
/** The matrix asks for the id of a connection, which here is none: past the gate, to nothing. */
const STAFF_NONE = staff(404, 404);
const OWN_NONE = { ...everybody(404), signedOut: 307 };
const GONE = everybody(404);
const NO_GET = everybody(405);
/** For programs: whoever is signed in is nobody there. Keys have their own matrix below. */
const PROGRAMS = everybody(401);

const ROUTES: Record<string, Expected> = {
  '/': MINE,
  '/account': MINE,
  '/api-reference': MINE,
  '/connections/new/[slug]': MINE,
  // What the matrix asks for has the form of a slug: once, environments had their pages here.
  '/connect/[token]': everybody(307),
  '/connect/done/[id]': GONE,
  '/connect/failed/[id]': GONE,
  '/api/connect-link': NO_GET,
  '/api/v1/connect-links': NO_GET,
  '/api/v1/connect-links/[id]': PROGRAMS,
  '/account/api-keys': MINE,
  '/account/api-keys/new': { ...MINE, auditor: 403 },
  '/account/api-keys/[id]': OWN_NONE,
  '/account/api-keys/[id]/policy': OWN_NONE,
  '/account/api-keys/[id]/dry-run': OWN_NONE,
  '/account/api-keys/[id]/usage': OWN_NONE,
  '/sign-in': PUBLIC,
  '/setup': GONE,
  '/consent/[id]': GONE,
  '/connections/[id]': OWN,
  '/connections/[id]/accounts': OWN,
  '/connections/[id]/opportunities': OWN,
  '/connections/[id]/objects': OWN,
  '/connections/[id]/doctor': OWN,
  '/connections/[id]/objects/[sobject]': OWN,
  '/api/connections/[id]/charts': OWN_JSON,
  '/api/connections/[id]/summary': OWN_JSON,
  '/connections/[id]/records/[recordId]': OWN,
  '/api/connections/[id]/rows': OWN_JSON,
  '/api/connections/[id]/window': OWN_JSON,
  '/api/connections/[id]/open': NO_GET,
  '/api/connections/[id]/record-counts': OWN_JSON,
  '/api/connections/[id]/search': OWN_JSON,
  '/admin/api-keys': STAFF,
  '/admin/api-keys/new': ADMIN,
  '/admin/api-keys/[id]': STAFF_NONE,
  '/admin/api-keys/[id]/dry-run': STAFF_NONE,
  '/admin/api-keys/[id]/usage': STAFF_NONE,
  '/admin/api-keys/links': STAFF,
  '/admin/api-keys/queries': STAFF,
  '/admin/api-keys/queries/new': ADMIN,
  '/admin/api-keys/queries/[name]': STAFF,
  // Only administrators come as far as to look for the key.
  '/admin/api-keys/[id]/policy': staff(403, 404),
  '/admin/audit': STAFF,
  '/admin/connections': STAFF,
  '/admin/connections/[id]': STAFF,
  '/admin/connections/reviews': STAFF,
  '/admin/connections/reviews/[id]': STAFF_NONE,
  '/api/access-reviews/[id]/export': NO_GET,
  '/admin/connections/breach': STAFF,
  '/admin/connections/breach/[id]': STAFF_NONE,
  '/admin/environments': STAFF,
  '/admin/environments/new': ADMIN,
  '/admin/environments/import': ADMIN,
  '/admin/environments/[slug]/exchange': ADMIN,
  '/api/environments/export': NO_GET,
  '/admin/environments/[slug]': STAFF,
  '/admin/environments/[slug]/app': STAFF,
  '/api/environments/[slug]/app-pack': NO_GET,
  '/admin/environments/[slug]/settings': STAFF,
  '/admin/environments/[slug]/doctor': STAFF,
  '/admin/environments/[slug]/service/[id]': STAFF_NONE,
  '/admin/environments/[slug]/service/new': ADMIN,
  '/admin/people': STAFF,
  '/admin/people/[id]': STAFF_NONE,
  '/admin/people/invite': ADMIN,
  '/invite/[token]': GONE,
  '/approve/[token]': GONE,
  '/api/audit/export': NO_GET,
  '/api/breaches/[id]/report': NO_GET,
  '/api/audit/verification': NO_GET,
  '/admin/webhooks': STAFF,
  '/admin/webhooks/new': ADMIN,
  '/admin/webhooks/[id]': STAFF_NONE,
  '/admin/identity-providers': STAFF,
  '/admin/identity-providers/new': ADMIN,
  '/admin/identity-providers/[slug]': STAFF_NONE,
  '/api/auth/[...nextauth]': GONE,
  '/api/connections/[id]/fields': OWN_JSON,
  '/api/connections/[id]/lookup': OWN_JSON,
  '/api/v1/connections': PROGRAMS,
  '/api/v1/connections/[id]': PROGRAMS,
  '/api/v1/[...path]': PROGRAMS,
  '/api/v1/openapi.json': PUBLIC,
  '/api/v1/connections/[id]/proxy/[...path]': PROGRAMS,
  '/api/v1/connections/[id]/query': NO_GET,
  '/api/v1/connections/[id]/records/[sobject]': NO_GET,
  '/api/v1/connections/[id]/records/[sobject]/[recordId]': PROGRAMS,
  '/api/v1/connections/[id]/token': NO_GET,
  '/api/v1/queries/[name]/run': PROGRAMS,
  '/services/[...path]': PROGRAMS,
  '/api/consent': NO_GET,
  '/api/provider-sign-in': NO_GET,
  '/api/sign-in-link': NO_GET,
  '/api/sign-out': NO_GET,
  '/api/health': PUBLIC,
  '/api/ready': PUBLIC,
  '/icon.svg': PUBLIC,
  '/_not-found': PUBLIC,
  '/_global-error': PUBLIC,
};

function builtRoutes(): string[] {
  const folder = path.resolve(import.meta.dirname, '..', process.env.NEXT_DIST_DIR ?? '.next');
  const manifest: Record<string, string> = JSON.parse(
    readFileSync(path.join(folder, 'app-path-routes-manifest.json'), 'utf8'),
  );
  return [...new Set(Object.values(manifest))].sort();
}

test('every built route has its line in the matrix', () => {
  expect(builtRoutes()).toEqual(Object.keys(ROUTES).sort());
});

test('every private page answers each role as the matrix says', async ({ page, browser, steps, stack }) => {
  const id = await steps.connect(page, 'production', 'grace');
  const contexts = new Map<Who, BrowserContext>([['owner', page.context()]]);
  const elsewhere = async (who: Who, user?: DemoUser) => {
    const context = await browser.newContext({ baseURL: stack.portal });
    contexts.set(who, context);
    if (user) await steps.signedIn(await context.newPage(), user);
  };
  await elsewhere('signedOut');
  await elsewhere('stranger', 'franz');
  await elsewhere('admin', 'ada');
  const answersOf = async (people: Who[]) => {
    // So many questions without a key, from one address, are too many.
    await stack.sql`DELETE FROM orgdock.rate_limits`;
    for (const [route, expected] of Object.entries(ROUTES)) {
      if (expected === PUBLIC) continue;
      const url = route
        .replace('[...nextauth]', 'session')
        .replace('[...path]', 'nothing')
        .replace('[slug]', 'production')
        .replace('[token]', 'x'.repeat(43))
        .replace('[sobject]', 'Contact')
        .replace('[recordId]', '001000000000001AAA')
        .replace('[name]', 'getAccounts')
        .replace('[id]', id);
      for (const who of people) {
        const answer = await contexts.get(who)?.request.get(url, { maxRedirects: 0 });
        expect(answer?.status(), `${who}, ${route}`).toBe(expected[who]);
      }
    }
  };
  await answersOf(['signedOut', 'stranger', 'owner', 'admin']);
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE display_name LIKE 'Franz%'`;
  contexts.set('auditor', contexts.get('stranger') as BrowserContext);
  await answersOf(['auditor']);
  for (const [who, context] of contexts) if (who !== 'owner' && who !== 'auditor') await context.close();
});

/** What every route for programs answers to each kind of key. `stranger`: a good key of another person. */
type KeyKind = 'none' | 'unknown' | 'expired' | 'revoked' | 'deactivated' | 'stranger' | 'valid';
const keyed = (stranger: number, valid: number) => ({
  ...{ none: 401, unknown: 401, expired: 401, revoked: 401, deactivated: 401 },
  ...{ stranger, valid },
});
const KEY_ROUTES: Record<string, Record<KeyKind, number>> = {
  '/api/v1/connections': keyed(200, 200),
  '/api/v1/connections/[id]': keyed(404, 200),
  '/api/v1/[...path]': keyed(404, 404),
  // A link that another key made is none; the id is that of a connection.
  '/api/v1/connect-links/[id]': keyed(404, 404),
  // Salesforce says what it finds; which key may do what there, lib/broker and app/api/v1/connections test.
  '/api/v1/connections/[id]/proxy/[...path]': keyed(404, 200),
  '/api/v1/connections/[id]/records/[sobject]/[recordId]': keyed(404, 404),
  '/api/v1/queries/[name]/run': keyed(404, 200),
  // A key that is bound to no connection.
  '/services/[...path]': keyed(403, 403),
};

test('every route for programs has its line in the matrix of keys', () => {
  const programs = builtRoutes().filter((route) => /^\/(?:api\/v1|services)\//.test(route));
  // What takes no GET answers 405 before it looks at a key: app/api/v1/connections/key-kinds.integration.test.ts.
  const asked = programs.filter((route) => ROUTES[route] !== NO_GET && ROUTES[route] !== PUBLIC);
  expect(asked).toEqual(Object.keys(KEY_ROUTES).sort());
});

test('every route for programs answers each kind of key as the matrix says', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const id = await steps.connect(page, 'production', 'grace');
  // Tests before this one have shown this portal bad keys from this address.
  await stack.sql`DELETE FROM orgdock.rate_limits`;
  const others = await browser.newContext({ baseURL: stack.portal });
  await steps.signIn(await others.newPage(), 'franz');
  await others.close();
  const keys: Record<Exclude<KeyKind, 'deactivated'>, string | null> = {
    none: null,
    unknown: `odk_abcdefghijkl_${'A'.repeat(43)}`,
    expired: await makeKey(stack, 'grace', {}, 'expired'),
    revoked: await makeKey(stack, 'grace', {}, 'revoked'),
    stranger: await makeKey(stack, 'franz'),
    valid: await makeKey(stack, 'grace'),
  };
  const program = await browser.newContext({ baseURL: stack.portal });
  const ask = async (kind: KeyKind, secret: string | null) => {
    for (const [route, expected] of Object.entries(KEY_ROUTES)) {
      const url = route
        .replace('[id]', id)
        .replace('[sobject]', 'Account')
        .replace('[recordId]', '001000000000001AAA')
        .replace('[name]/run', `getAccounts/run?connection=${id}`)
        .replace('/v1/[...path]', '/v1/nothing')
        .replace(
          '[...path]',
          route.startsWith('/services') ? 'data/v66.0/limits' : 'services/data/v66.0/limits',
        );
      const answer = await program.request.get(url, { headers: withKey(secret), maxRedirects: 0 });
      expect(answer.status(), `${kind}, ${route}`).toBe(expected[kind]);
      if (answer.ok()) continue;
      const type = route.startsWith('/services')
        ? 'application/json;charset=UTF-8'
        : 'application/problem+json';
      expect(answer.headers()['content-type'], `${kind}, ${route}`).toBe(type);
      expect(await answer.text(), `${kind}, ${route}`).not.toContain('Acme Corporation');
    }
  };
  for (const [kind, secret] of Object.entries(keys)) await ask(kind as KeyKind, secret);
  await stack.sql`UPDATE orgdock.people SET deactivated_at = now() WHERE display_name LIKE 'Franz%'`;
  await ask('deactivated', keys.stranger);
  await program.close();
});

const DISGUISES: Array<Record<string, string>> = [
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-subrequest': 'src/middleware' },
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { 'x-orgdock-path': '//evil.example' },
];

test('no header opens a private page to the signed-out', async ({ page, browser, steps, stack }) => {
  const id = await steps.connect(page);
  const nobody = await browser.newContext({ baseURL: stack.portal });
  for (const headers of DISGUISES) {
    for (const suffix of ['', '?_rsc=1', '.rsc']) {
      const answer = await nobody.request.get(`/connections/${id}${suffix}`, { headers, maxRedirects: 0 });
      const body = await answer.text();
      expect(body, JSON.stringify(headers)).not.toContain('Acme Corporation');
      expect(answer.headers().location ?? '').not.toContain('evil.example');
    }
  }
  await nobody.close();
});

test("next-auth's own routes do not exist", async ({ request }) => {
  for (const route of [
    'signin',
    'signin/production',
    'providers',
    'session',
    'csrf',
    '_log',
    'signout',
    'error',
  ]) {
    expect((await request.get(`/api/auth/${route}`, { maxRedirects: 0 })).status(), route).toBe(404);
  }
});

test('a consent cannot be started from another site', async ({ page, steps }) => {
  await steps.signIn(page);
  const answer = await page.request.post('/api/consent', {
    data: { environment: 'production', intent: 'connect' },
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status()).toBe(403);
});
