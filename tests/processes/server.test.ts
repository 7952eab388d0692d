import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '@/tests/free-port';
import { endProcess, makeFolder, portalSettings, type ScriptProcess, startScript } from './portal-process';

const folder = makeFolder();
const probe = ['--import', './tests/processes/fixtures/registry-probe.mjs', 'server.mjs'];
let started: ScriptProcess | undefined;

afterEach(async () => {
  await endProcess(started);
  started = undefined;
});
afterAll(() => folder.remove());

/** What a raw socket gets back for a request that no well-behaved client would send. */
async function sendRaw(port: number, lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  await once(socket, 'close');
  return answer;
}

describe('npm start', () => {
  it('names every missing or wrong setting at once and does not listen', async () => {
    const settings = portalSettings(await freePort(), folder.path);
    started = startScript(['server.mjs'], {
      ...settings,
      NEXTAUTH_URL: '',
      NEXTAUTH_SECRET: 'short',
      DATABASE_URL: 'postgres://portal:hunter2@127.0.0.1:1/orgdock',
    });
    expect(await started.ended).toBe(1);
    for (const name of ['NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'ORGDOCK_KEYRING']) {
      expect(started.output()).toContain(name);
    }
    expect(started.output()).not.toContain('hunter2');
  });

  it.each([
    [
      'weak',
      JSON.stringify({ active: 'k', keys: { k: { value: Buffer.alloc(32, 7).toString('base64url') } } }),
    ],
    ['in no file that can be read', '/nowhere/keyring.json'],
  ])('does not start on a key ring that is %s', async (_, ring) => {
    const settings = portalSettings(await freePort(), `${folder.path}/untouched`);
    started = startScript(['server.mjs'], { ...settings, ORGDOCK_KEYRING: ring });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('ORGDOCK_KEYRING: ');
    expect(existsSync(`${folder.path}/untouched`)).toBe(false);
  });

  it('says what to do when there is no build', async () => {
    const settings = { ...portalSettings(await freePort(), folder.path), NEXT_DIST_DIR: '.next-absent' };
    started = startScript(['server.mjs'], settings);
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('npm run build');
  });

  it('says that a port is busy before it touches the database', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as { port: number };
    started = startScript(['server.mjs'], portalSettings(port, `${folder.path}/untouched`));
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(`Port ${port} is in use`);
    busy.close();
  });

  it('names a database that does not answer, and ends', async () => {
    started = startScript(['server.mjs'], {
      ...portalSettings(await freePort(), folder.path),
      DATABASE_URL: `postgres://portal:hunter2@127.0.0.1:${await freePort()}/orgdock`,
      ORGDOCK_KEYRING: JSON.stringify({
        active: 'k',
        keys: { k: { value: randomBytes(32).toString('base64url') } },
      }),
    });
    expect(await started.ended).toBe(1);
    expect(started.output()).toMatch(/database/i);
    expect(started.output()).not.toContain('hunter2');
  });
});

describe('the running portal', () => {
  let portal: ScriptProcess;
  let port: number;
  let origin: string;

  async function tell(message: string): Promise<unknown> {
    const answer = once(portal.child, 'message');
    portal.child.send(message);
    return (await answer)[0];
  }

  beforeAll(async () => {
    port = await freePort();
    origin = `http://localhost:${port}`;
    portal = startScript(probe, portalSettings(port, `${folder.path}/portal`), 'ipc');
    await portal.says('Orgdock is ready');
  });
  afterAll(() => endProcess(portal));

  it('prints the one-time token while set-up is open', () => {
    expect(portal.output()).toMatch(/\/setup with this one-time token: \S{12,}/);
  });

  it('shares one registry between instrumentation, route and page', async () => {
    const before = (await tell('counts')) as { asked: Record<string, number>; made: Record<string, number> };
    // Instrumentation has opened the database.
    expect(before.made.database).toBe(1);
    expect((await fetch(`${origin}/api/ready`)).status).toBe(200);
    const afterRoute = (await tell('counts')) as typeof before;
    expect(afterRoute.asked.database).toBeGreaterThan(before.asked.database ?? 0);
    expect((await fetch(`${origin}/setup`)).status).toBe(200);
    const afterPage = (await tell('counts')) as typeof before;
    expect(afterPage.asked.database).toBeGreaterThan(afterRoute.asked.database ?? 0);
    expect(afterPage.made.database).toBe(1);
  });

  it.each([
    [
      'an absolute-form target',
      ['GET http://169.254.169.254/latest HTTP/1.1', 'Host: x', 'Connection: close'],
    ],
    ['a target of two slashes', ['GET //evil.example/ HTTP/1.1', 'Host: x', 'Connection: close']],
    [
      'a WebSocket upgrade',
      [
        'GET /_next/webpack-hmr HTTP/1.1',
        'Host: x',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ],
    ],
    [
      'a WebSocket upgrade with an absolute-form target',
      ['GET http://169.254.169.254/latest HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'],
    ],
  ])('refuses %s', async (_, lines) => {
    expect(await sendRaw(port, lines)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('serves no TRACE', async () => {
    const lines = ['TRACE /sign-in HTTP/1.1', 'Host: x', 'Connection: close'];
    expect(await sendRaw(port, lines)).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('protects what its proxy does not see, and sends each header once where that does', async () => {
    for (const path of ['/_next/static/absent.js', '/_next/image?url=%2Ficon.svg&w=64&q=75']) {
      const { headers } = await fetch(`${origin}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    }
    const { headers } = await fetch(`${origin}/sign-in`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; (?!.*default-src)/);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['middleware', 'proxy:proxy:proxy:proxy:proxy', 'src/middleware', 'pages/_middleware', '1'])(
    'keeps its gate for x-middleware-subrequest: %s',
    async (value) => {
      const headers = { 'x-middleware-subrequest': value };
      const response = await fetch(`${origin}/admin/environments`, { headers, redirect: 'manual' });
      expect(response.status).toBe(307);
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'nonce-");
    },
  );

  it('answers 503 to new work and shows it at the readiness probe once it is stopping', async () => {
    await tell('drain');
    expect((await fetch(`${origin}/api/ready`)).status).toBe(503);
    expect((await fetch(`${origin}/sign-in`)).status).toBe(503);
    expect((await fetch(`${origin}/api/health`)).status).toBe(200);
  });

  it('ends new work on SIGTERM, waits for unfinished work, through a second signal, then runs the closers last first', async () => {
    await tell('begin work');
    const done: unknown[] = [];
    portal.child.on('message', (message) => done.push(message));
    portal.child.kill('SIGTERM');
    await portal.says('Waiting for token requests');
    portal.child.kill('SIGINT');
    await portal.says('stopping now would lose a grant');
    expect(portal.child.exitCode).toBeNull();
    expect(done).toEqual(['drained']);
    portal.child.send('finish work');
    expect(await portal.ended).toBe(0);
    expect(done.slice(1)).toEqual(['did finish work', 'closed last registered', 'closed first registered']);
  });
});
