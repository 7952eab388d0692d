import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures';

/**
 * Every route of the built app with what it answers: signed out, to a signed-in stranger, to its owner.
 * A route that is missing here fails the test: nothing is reachable that nobody has thought about.
 */
const PUBLIC = 'public';
type Expected = typeof PUBLIC | { signedOut: number; stranger: number; owner: number };
const OWN = { signedOut: 307, stranger: 404, owner: 200 };
const MINE = { signedOut: 307, stranger: 200, owner: 200 };
const ADMIN = { signedOut: 307, stranger: 403, owner: 403 };
const GONE = { signedOut: 404, stranger: 404, owner: 404 };
const NO_GET = { signedOut: 405, stranger: 405, owner: 405 };

const ROUTES: Record<string, Expected> = {
  '/': MINE,
  '/account': MINE,
  '/connect/[slug]': MINE,
  '/sign-in': PUBLIC,
  '/setup': GONE,
  '/consent/[id]': GONE,
  '/connections/[id]': OWN,
  '/connections/[id]/accounts': OWN,
  '/connections/[id]/opportunities': OWN,
  '/admin/audit': ADMIN,
  '/admin/connections': ADMIN,
  '/admin/connections/[id]': ADMIN,
  '/admin/connections/reviews': ADMIN,
  '/admin/connections/reviews/[id]': ADMIN,
  '/api/access-reviews/[id]/export': NO_GET,
  '/admin/connections/breach': ADMIN,
  '/admin/connections/breach/[id]': ADMIN,
  '/admin/environments': ADMIN,
  '/admin/environments/new': ADMIN,
  '/admin/environments/[slug]': ADMIN,
  '/admin/environments/[slug]/service/[id]': ADMIN,
  '/admin/environments/[slug]/service/new': ADMIN,
  '/admin/people': ADMIN,
  '/admin/people/[id]': ADMIN,
  '/admin/people/invite': ADMIN,
  '/invite/[token]': GONE,
  '/api/audit/export': NO_GET,
  '/api/breaches/[id]/report': NO_GET,
  '/api/audit/verification': NO_GET,
  '/admin/identity-providers': ADMIN,
  '/admin/identity-providers/new': ADMIN,
  '/admin/identity-providers/[slug]': ADMIN,
  '/api/auth/[...nextauth]': GONE,
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

test('every private page keeps out the signed-out and the stranger', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const id = await steps.connect(page, 'production', 'grace');
  const strangers = await browser.newContext({ baseURL: stack.portal });
  const stranger = await strangers.newPage();
  await steps.signIn(stranger, 'franz');
  const nobody = await browser.newContext({ baseURL: stack.portal });
  for (const [route, expected] of Object.entries(ROUTES)) {
    if (expected === PUBLIC) continue;
    const url = route
      .replace('[...nextauth]', 'session')
      .replace('[slug]', 'production')
      .replace('[token]', 'x'.repeat(43))
      .replace('[id]', id);
    const ask = async (context: typeof nobody) =>
      (await context.request.get(url, { maxRedirects: 0 })).status();
    const got = {
      signedOut: await ask(nobody),
      stranger: await ask(strangers),
      owner: await ask(page.context()),
    };
    expect(got, route).toEqual(expected);
  }
  await strangers.close();
  await nobody.close();
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
