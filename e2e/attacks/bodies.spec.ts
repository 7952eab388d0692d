import { existsSync, rmSync } from 'node:fs';
import { expect, test } from '../fixtures';
import { builtActions } from './built';
import { head, INTERNALS, sendRaw, statusesOf } from './raw';
import { Visitor } from './visitor';

const API = ['/api/consent', '/api/provider-sign-in', '/api/sign-in-link'];

/** What is no JSON, no object, or not what a route asks for. */
const MALFORMED = [
  '',
  '{',
  'null',
  '[]',
  '1e999',
  '"text"',
  '{"environment":',
  '{"environment":{"$ne":null},"intent":"sign_in"}',
  '{"environment":["production"],"intent":"sign_in"}',
  '{"environment":"production","intent":"sign_in","scope":"full","__proto__":{"x":1}}',
  '{"__proto__":{"environment":"production","intent":"sign_in"}}',
  '{"constructor":{"prototype":{"role":"admin"}},"environment":"production","intent":"sign_in"}',
  '{"link":{"toString":"x"}}',
  '\u0000',
  `${'['.repeat(4_000)}${']'.repeat(4_000)}`,
  `{"link":"${'x'.repeat(9_900)}"}`,
  `{"link":"${'x'.repeat(20_000)}"}`,
];

test('malformed and oversized JSON gets a problem in words, and nothing of it is kept', async ({ stack }) => {
  const visitor = new Visitor(stack);
  for (const path of API) {
    for (const body of MALFORMED) {
      const answer = await visitor.post(path, body);
      const what = `${path} ${body.slice(0, 60)}`;
      expect([400, 404, 429], what).toContain(answer.status);
      expect(JSON.parse(answer.body), what).toMatchObject({ problem: { code: expect.any(String) } });
      expect(answer.body, what).not.toMatch(INTERNALS);
    }
    const json = '{"environment":"production","intent":"sign_in"}';
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'text/json',
    ]) {
      const answer = await visitor.post(path, json, { 'content-type': type });
      expect(answer.status, `${path} as ${type}`).toBe(400);
    }
    for (const origin of ['https://evil.example', 'null', '']) {
      expect((await visitor.post(path, json, { origin })).status, `${path} of "${origin}"`).toBe(403);
    }
  }
  for (const path of ['/api/sign-out', '/api/audit/export', '/api/audit/verification']) {
    const answer = await visitor.post(path, '{}', { origin: 'https://evil.example' });
    expect(answer.status, path).toBe(403);
  }
  const [row] = await stack.sql`SELECT count(*)::int AS count FROM orgdock.consent_attempts`;
  expect(row?.count).toBe(0);
  await stack.sql`DELETE FROM orgdock.rate_limits`;
});

test('a body that never ends is not read to its end', async ({ stack }) => {
  const { host } = new URL(stack.portal);
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  // Would be a consent, were it not for the three megabytes of blanks in it.
  const body = `{"environment":"production","intent":"sign_in"${' '.repeat(0x4000)}`;
  const action = builtActions().find(({ name }) => name === 'requestAccessAction');
  for (const lines of [
    ['POST /api/consent HTTP/1.1', 'content-type: application/json'],
    ['POST /sign-in HTTP/1.1', `next-action: ${action?.id}`, 'content-type: text/plain'],
    ['POST /consent/unknown HTTP/1.1', `next-action: ${action?.id}`, 'content-type: text/plain'],
    [
      'POST /consent/unknown HTTP/1.1',
      `next-action: ${action?.id}`,
      'content-type: multipart/form-data; boundary=x',
    ],
  ]) {
    const rest = [
      `host: ${host}`,
      `origin: ${stack.portal}`,
      'connection: close',
      'transfer-encoding: chunked',
    ];
    const answer = await sendRaw(
      stack,
      `${head(...lines, ...rest)}${chunk(body)}${chunk(' '.repeat(0x4000)).repeat(192)}${chunk('}')}0\r\n\r\n`,
    );
    const [status = 0] = statusesOf(answer);
    const refused = status >= 400 || /1:E\{/.test(answer);
    expect(refused, `${lines[0]}: ${answer.slice(0, 200)}`).toBe(true);
    expect(answer).not.toMatch(INTERNALS);
  }
  expect((await new Visitor(stack).ask('/api/health')).status).toBe(200);
});

test('requests that two servers would cut differently are refused as one (smuggling)', async ({ stack }) => {
  const { host } = new URL(stack.portal);
  const smuggled = head('GET /api/health?smuggled HTTP/1.1', `host: ${host}`);
  const post = 'POST /api/sign-out HTTP/1.1';
  const named = [`host: ${host}`, `origin: ${stack.portal}`];
  for (const [what, bytes] of [
    [
      'two lengths',
      head(post, ...named, 'content-length: 0', `content-length: ${smuggled.length}`) + smuggled,
    ],
    [
      'length and chunks',
      head(post, ...named, 'content-length: 4', 'transfer-encoding: chunked') + `0\r\n\r\n${smuggled}`,
    ],
    ['an unknown coding', head(post, ...named, 'transfer-encoding: xchunked') + `0\r\n\r\n${smuggled}`],
    [
      'chunks that are not last',
      head(post, ...named, 'transfer-encoding: chunked, identity') + `0\r\n\r\n${smuggled}`,
    ],
    ['a blank before the colon', head(post, ...named, `content-length : ${smuggled.length}`) + smuggled],
    ['a folded header', head(post, ...named, 'x-a: b', ` content-length: ${smuggled.length}`) + smuggled],
    ['a negative length', head(post, ...named, 'content-length: -1') + smuggled],
    ['a length in hex', head(post, ...named, 'content-length: 0x10') + smuggled],
    ['a chunk of no number', `${head(post, ...named, 'transfer-encoding: chunked')}zz\r\n${smuggled}`],
    ['a bare line feed', `${post}\nhost: ${host}\n\n${smuggled}`],
    ['a null in a header', head(post, ...named, 'x-a: b\0c') + smuggled],
    ['a header without end', `${post}\r\nhost: ${host}\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n${smuggled}`],
    ['a line without end', head(`GET /${'a'.repeat(100_000)} HTTP/1.1`, ...named) + smuggled],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no protocol', `GET /\r\n\r\n${smuggled}`],
  ] as const) {
    const answer = await sendRaw(stack, bytes);
    const statuses = statusesOf(answer);
    expect(statuses.length, `${what}: ${answer.slice(0, 300)}`).toBeLessThanOrEqual(1);
    expect(statuses[0] ?? 400, what).toBeGreaterThanOrEqual(400);
    expect(statuses[0] ?? 400, what).toBeLessThan(500);
    expect(answer, what).not.toContain('"status":"ok"');
  }
});

test('no body changes what all objects have, or runs as code', async ({ stack }) => {
  const mark = `/tmp/orgdock-attacked-${process.pid}`;
  rmSync(mark, { force: true });
  const grace = new Visitor(stack);
  await grace.signIn();
  const id = builtActions().find(({ name }) => name === 'updatePreferencesAction')?.id ?? '';
  const code = `process.mainModule.require('fs').writeFileSync('${mark}','x');`;
  // CVE-2025-55182: a reference of React's wire format that walks to a constructor.
  const response = { _prefix: code, _chunks: '$Q2', _formData: { get: '$1:constructor:constructor' } };
  const facts = { status: 'resolved_model', reason: -1, value: '{"then":"$B1337"}', _response: response };
  const thenable = JSON.stringify(facts).replace('{', '{"then":"$1:__proto__:then",');
  const parts: Array<Record<string, string>> = [
    { 0: thenable, 1: '"$@0"', 2: '[]' },
    { 0: '["$1:__proto__:constructor:constructor"]', 1: JSON.stringify([code]) },
    { 0: '["$K1"]', _1___proto__: 'admin', _1_constructor: 'admin', _1_locale: 'en-GB', _1_timeZone: '' },
    { 0: '["$K1"]', '_1___proto__.role': 'admin', '_1_constructor.prototype.role': 'admin', _1_locale: '' },
    { 0: '[{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}]' },
    {
      0: '["$F1"]',
      1: JSON.stringify({ id: 'fs#writeFileSync', bound: `$@2` }),
      2: JSON.stringify([mark, 'x']),
    },
    { 0: `["$h1"]`, 1: JSON.stringify({ id: 'child_process#execSync', bound: null }) },
    { 0: '"$0"' },
    { 0: `["$Q1"]`, 1: '"$1"' },
    { 0: `["${'$1:'.repeat(3_000)}"]`, 1: '{}' },
    { 0: `["$n${'9'.repeat(400)}"]` },
  ];
  for (const fields of parts) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const action of [id, 'x', `00${'f'.repeat(40)}`, id.slice(2), '__proto__', 'constructor']) {
      const headers = { origin: stack.portal, 'next-action': action, accept: 'text/x-component' };
      const answer = await grace.ask('/account', { method: 'POST', headers, body });
      expect(answer.body, JSON.stringify(fields).slice(0, 80)).not.toMatch(INTERNALS);
    }
  }
  for (const [type, text] of [
    ['text/plain', '["$1:__proto__:polluted"]'],
    ['text/plain', `[${'['.repeat(20_000)}`],
    ['text/plain', '{"length":1e9}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x--',
    ],
    ['multipart/form-data', 'no boundary'],
    ['application/x-www-form-urlencoded', '$ACTION_ID_x=1&__proto__[role]=admin'],
  ] as const) {
    const headers = { origin: stack.portal, 'next-action': id, 'content-type': type };
    const answer = await grace.ask('/account', { method: 'POST', headers, body: text });
    expect(answer.body, text.slice(0, 40)).not.toMatch(INTERNALS);
    const { status } = await grace.ask('/account', {
      method: 'POST',
      headers: { ...headers, 'next-action': '' },
      body: text,
    });
    expect(status, text.slice(0, 40)).not.toBe(502);
  }
  expect(existsSync(mark), 'nothing was written by what was sent').toBe(false);
  expect((await grace.ask('/admin/people')).status, 'nobody is an administrator by it').toBe(403);
  expect((await grace.ask('/account')).status).toBe(200);
});
