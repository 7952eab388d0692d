// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A server of ours that an attack tries to make the portal call (SSRF, XXE, inclusion of remote files).
 * @returns {Promise<{url: string, calls: () => string[], stop: () => void}>}
 */
export async function startEndpoint() {
  /** @type {string[]} */
  const calls = [];
  const server = createServer((request, response) => {
    // The attacker's own question for what was called.
    const isOwn = /get_(?:ssrf|xxe)\.php/.test(request.url ?? '');
    if (!isOwn) calls.push(`${request.method} ${request.url}`);
    response
      .writeHead(200, { 'content-type': isOwn ? 'application/json' : 'text/plain' })
      .end(isOwn ? '{}' : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, calls: () => calls, stop: () => void server.close() };
}
