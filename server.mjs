// @ts-check
/**
 * The production server: Next behind a listener that decides for itself who a request comes from and how the
 * process ends (docs/decisions/006-custom-server.md). Plain JavaScript: it runs without a compiler.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, get } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ownForwardedHeaders,
  parseTrustedProxies,
  refusedMethod,
  refusedTarget,
} from './server/forwarding.mjs';
import { leastHeaders } from './server/headers.mjs';
import { describeFaults, settingFaults } from './server/settings.mjs';
import { makeStop, registry } from './server/shutdown.mjs';
import { passTarget } from './server/target.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
/** @param {string} line */
const say = (line) => console.log(line);

/** @param {string} message @returns {never} */
function refuseToStart(message) {
  console.error(message);
  process.exit(1);
}

/** @type {Record<string, string | undefined>} */ (process.env).NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
for (const file of ['.env.local', '.env']) {
  if (existsSync(path.join(root, file))) process.loadEnvFile(path.join(root, file));
}

const faults = settingFaults(process.env);
if (faults.length > 0) refuseToStart(describeFaults(faults));
if (!existsSync(path.join(root, process.env.NEXT_DIST_DIR ?? '.next', 'BUILD_ID'))) {
  refuseToStart('Orgdock does not start: there is no build. Run `npm run build` first.');
}

const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || undefined;
const { trusts } = parseTrustedProxies(process.env.ORGDOCK_TRUSTED_PROXIES ?? '');

/** @type {((request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>) | null} */
let handle = null;
let underWay = 0;
let ready = false;
/** Marks this process's own first request, which makes Next run instrumentation.ts. */
const firstRequestMark = randomBytes(16).toString('hex');

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function answer(response, status, text) {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  };
  response.writeHead(status, status === 503 ? { ...headers, 'retry-after': '5' } : headers).end(`${text}\n`);
}

/** A link to a grid names its columns, of which an object has 800 and more: twice Node's own limit and some. */
const MOST_HEADER_BYTES = 64 * 1024;

const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
  const isFirst = request.headers['x-orgdock-first'] === firstRequestMark;
  ownForwardedHeaders(request, trusts);
  passTarget(request);
  for (const [name, value] of leastHeaders(request.headers['x-forwarded-proto'])) {
    response.setHeader(name, value);
  }
  const refusal = refusedTarget(request);
  if (refusal) return answer(response, 400, refusal);
  const refused = refusedMethod(request);
  if (refused) return answer(response, 405, refused);
  if (!handle || !(ready || isFirst)) return answer(response, 503, 'Orgdock is starting.');
  const isProbe = /^\/api\/(?:health|ready)(?:$|\?)/.test(request.url ?? '');
  if (registry().draining && !isProbe) return answer(response, 503, 'Orgdock is stopping.');
  if (registry().draining) response.setHeader('connection', 'close');

  if (!isProbe) {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
  }
  handle(request, response).catch((error) => {
    console.error('A request failed outside Next:', error);
    if (!response.headersSent) answer(response, 500, 'Something went wrong inside Orgdock.');
    else response.destroy();
  });
});
server.keepAliveTimeout = 65_000;
server.headersTimeout = 66_000;
server.on('upgrade', (_request, socket) => {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
});

const stop = makeStop({
  server,
  requestsUnderWay: () => underWay,
  say,
  exit: (code) => process.exit(code),
});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  process.on(signal, () => stop(signal));
}
process.on('unhandledRejection', (error) => console.error('Unhandled rejection:', error));
process.on('uncaughtException', (error) => {
  console.error('Uncaught exception:', error);
  stop('Uncaught exception', 1);
});

server.on('error', (error) => {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'EADDRINUSE') {
    refuseToStart(
      `Port ${port} is in use by another program. Stop it, or choose another port: PORT=3001 npm start`,
    );
  }
  if (code === 'EACCES') refuseToStart(`This user may not listen on port ${port}. Choose another with PORT.`);
  throw error;
});

/**
 * Next runs instrumentation.ts, which opens the database, with the first request and not before. So the first one is
 * ours, and nobody else is served until it has worked.
 * @returns {Promise<void>}
 */
function makeFirstRequest() {
  const { address, family } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const everywhere = address === '::' || address === '0.0.0.0';
  const hostname = everywhere ? (family === 'IPv6' ? '::1' : '127.0.0.1') : address;
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, 'x-orgdock-first': firstRequestMark };
    get({ hostname, port, path: '/api/ready', headers, agent: false }, (response) => {
      response.resume().on('end', () => {
        if (registry().slots.get('started') === true) resolve();
        else reject(new Error('its database or settings are not usable, see above.'));
      });
    }).on('error', reject);
  });
}

// The port is taken before Next and the database start, so that a second start by mistake touches neither.
server.listen(port, host, async () => {
  try {
    const { default: next } = await import('next');
    // Next attaches its own upgrade handler to `httpServer`; it is given one that never listens.
    const app = next({ dev: false, dir: root, port, hostname: 'localhost', httpServer: createServer() });
    await app.prepare();
    const handler = app.getRequestHandler();
    handle = async (request, response) => void (await handler(request, response));
    await makeFirstRequest();
    if (registry().draining) return;
    ready = true;
    say(`Orgdock is ready: ${process.env.NEXTAUTH_URL} (port ${port})`);
  } catch (error) {
    console.error(
      'Orgdock could not start:',
      error instanceof Error ? (error.stack ?? error.message) : error,
    );
    stop('Start failed', 1);
  }
});
