import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures';
import { builtRoutes } from './built';
import { head, INTERNALS, sendRaw, statusesOf } from './raw';
import { Visitor } from './visitor';
import { endWorld, makeWorld, PROVIDER } from './world';

/** Routes that anybody may open. */
const PUBLIC = new Set([
  '/sign-in',
  '/api/v1/openapi.json',
  '/api/health',
  '/api/ready',
  '/icon.svg',
  '/_not-found',
  '/_global-error',
]);
const PRIVATE = /Acme Corporation|Grace Whitmore|grace@acme|Hidden robot|Ada Okafor|ada@acme|Attacked/;

/** CVE-2025-29927, CVE-2026-44575 and their relatives: headers that once made Next skip its proxy, or answer otherwise. */
const HEADERS: Array<Record<string, string>> = [
  ...['middleware', 'src/middleware', 'pages/_middleware', 'proxy', 'src/proxy', '1'].map((value) => ({
    'x-middleware-subrequest': Array.from({ length: 5 }, () => value).join(':'),
  })),
  { 'x-middleware-subrequest-id': '0'.repeat(16) },
  { 'x-middleware-next': '1', 'x-middleware-rewrite': '/account' },
  { 'x-middleware-override-headers': 'cookie', 'x-middleware-request-cookie': 'orgdock.session=x' },
  { 'x-middleware-set-cookie': 'orgdock.session=x' },
  { 'x-middleware-prefetch': '1', purpose: 'prefetch' },
  { 'x-invoke-path': '/account', 'x-invoke-status': '200', 'x-invoke-output': '/account' },
  { 'x-matched-path': '/account', 'x-now-route-matches': '1=account' },
  { 'x-nextjs-data': '1' },
  { 'x-prerender-revalidate': '1', 'x-prerender-bypass-mode': 'static' },
  { 'next-resume': '1', 'x-next-resume-state-length': '2' },
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/__PAGE__' },
  {
    rsc: '1',
    'next-router-state-tree': '%5B%22%22%2C%7B%7D%2Cnull%2C%22refetch%22%5D',
    'next-url': '/account',
  },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;host=localhost' },
  { 'x-original-url': '/account', 'x-rewrite-url': '/account', 'x-http-method-override': 'POST' },
  { 'x-orgdock-path': '//evil.example', 'x-orgdock-first': '1', 'x-nonce': 'x' },
  { 'x-action-forwarded': '1', 'next-action': '00'.repeat(21) },
];

const SPELLED =
  /^\/(?:account|connections\/[^/]+\/accounts|admin\/people|admin\/environments\/production|api\/audit\/export)$/;

/** The same page under names that once led around a matcher. */
const spellings = (path: string) => [
  `${path}.rsc`,
  `${path}.txt`,
  `${path}.segments/_tree.segment.rsc`,
  `${path}?_rsc=1`,
  `${path}/`,
  `${path};x`,
  `${path}%2f`,
  `${path}%00`,
  `/en${path}`,
  `/.${path}`,
  `/x/..${path}`,
  `/%2e${path}`,
  `/x/%2e%2e${path}`,
  `/_next/data/build${path}.json`,
  `/_next/static/..${path}`,
  `/_next/static/%2e%2e/%2e%2e${path}`,
  `/_next/image/..${path}`,
  path.toUpperCase(),
  path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`),
];

test.afterEach(({ stack }) => endWorld(stack));

test('no header and no spelling shows a private page to whoever is signed out', async ({ stack }) => {
  const { ids } = await makeWorld(stack);
  const { hostname, port } = new URL(stack.portal);
  const wrong: string[] = [];
  const expectNothing = async (path: string, headers: Record<string, string> = {}) => {
    const lines = Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const answer = await sendRaw(stack, head(`GET ${path} HTTP/1.1`, `host: ${hostname}:${port}`, ...lines));
    const [status = 0] = statusesOf(answer);
    const what = `${path} ${JSON.stringify(headers)}`;
    // A page that is asked for in pieces carries its refusal in them, under 200.
    const refused =
      status >= 300 || /NEXT_REDIRECT;\w+;\/sign-in|NEXT_HTTP_ERROR_FALLBACK;40[134]/.test(answer);
    if (!refused) wrong.push(`${what}: ${status}`);
    if (PRIVATE.test(answer)) wrong.push(`${what}: shows ${PRIVATE.exec(answer)}`);
    if (INTERNALS.test(answer)) wrong.push(`${what}: shows ${INTERNALS.exec(answer)}`);
    if (/location: (?!\/)/i.test(answer)) wrong.push(`${what}: leads away`);
  };
  const paths = builtRoutes()
    .filter((route) => !PUBLIC.has(route))
    .map((route) =>
      route
        .replace('[slug]', route.includes('providers') ? PROVIDER : 'production')
        .replace(
          '[id]',
          route.includes('people') ? ids.person : route.includes('service') ? ids.service : ids.connection,
        )
        .replace('[token]', 'x')
        .replace('[...nextauth]', 'session'),
    );
  expect(paths.length).toBeGreaterThan(25);
  for (const path of paths) {
    await Promise.all(HEADERS.map((headers) => expectNothing(path, headers)));
    // One page of each kind under every name.
    if (!SPELLED.test(path)) continue;
    await Promise.all(spellings(path).map((spelling) => expectNothing(spelling)));
  }
  expect(wrong).toEqual([]);
});

test('no request line, Host header or action makes the portal call or name another host', async ({
  stack,
}) => {
  const calls: string[] = [];
  const trap = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.end('caught');
  }).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  const evil = `127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const { host } = new URL(stack.portal);
  const grace = new Visitor(stack);
  await grace.signIn();
  const session = `cookie: ${grace.cookie}`;
  const close = 'connection: close';
  const upgrade = ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];

  for (const lines of [
    [`GET http://${evil}/ HTTP/1.1`, `host: ${host}`, close],
    [`GET http://${evil}/account HTTP/1.1`, `host: ${evil}`, session, close],
    [`POST http://${evil}/ HTTP/1.1`, `host: ${host}`, 'content-length: 0', close],
    [`GET //${evil}/account HTTP/1.1`, `host: ${host}`, close],
    [`GET /\\${evil}/ HTTP/1.1`, `host: ${host}`, close],
    [`GET @${evil}/ HTTP/1.1`, `host: ${host}`, close],
    [`GET account HTTP/1.1`, `host: ${host}`, close],
    [`OPTIONS * HTTP/1.1`, `host: ${host}`, close],
    [`GET http://${evil}/ HTTP/1.1`, `host: ${host}`, ...upgrade],
    ['GET /account HTTP/1.1', `host: ${evil}`, session, ...upgrade],
    ['GET /_next/webpack-hmr HTTP/1.1', `host: ${host}`, ...upgrade],
    [`GET / HTTP/1.1`, close],
  ]) {
    const answer = await sendRaw(stack, head(...lines));
    expect(statusesOf(answer), lines[0]).toEqual([400]);
    expect(answer, lines[0]).not.toMatch(INTERNALS);
  }
  // A tunnel is not even answered.
  expect(statusesOf(await sendRaw(stack, head(`CONNECT ${evil} HTTP/1.1`, `host: ${evil}`)))).not.toContain(
    200,
  );

  const body = '{"environment":"production","intent":"sign_in"}';
  const json = ['content-type: application/json', `content-length: ${body.length}`];
  for (const named of [
    [`host: ${evil}`],
    [`host: ${host}`, `x-forwarded-host: ${evil}`],
    [`host: ${host}@${evil}`],
  ]) {
    for (const path of ['/', '/account', '/sign-in', '/api/auth/callback/production?code=x&state=y']) {
      const answer = await sendRaw(stack, head(`GET ${path} HTTP/1.1`, ...named, close));
      expect(answer, `${path} ${named}`).not.toContain(evil);
    }
    const begun = await sendRaw(
      stack,
      head('POST /api/consent HTTP/1.1', ...named, `origin: ${stack.portal}`, ...json, close) + body,
    );
    expect(begun, `${named}`).not.toContain(evil);
    // Next forwards an action to its own page and follows a redirect of one, by itself, over HTTP.
    for (const action of ['endSessionAction', 'saveSetupEnvironmentAction']) {
      const { id = '' } = (await import('./built')).builtActions().find(({ name }) => name === action) ?? {};
      for (const origin of [stack.portal, `http://${evil}`]) {
        await sendRaw(
          stack,
          head(
            'POST /sign-in HTTP/1.1',
            ...named,
            `origin: ${origin}`,
            `next-action: ${id}`,
            session,
            close,
            'content-type: text/plain',
            'content-length: 5',
          ) + '["x"]',
        );
      }
    }
  }
  trap.close();
  expect(calls).toEqual([]);
});
