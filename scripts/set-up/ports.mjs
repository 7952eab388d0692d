// @ts-check
import { createServer } from 'node:net';

/** @param {number} port @param {string} host @returns {Promise<NodeJS.ErrnoException | null>} */
function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * Whether somebody listens on a port of this machine, IPv4 or IPv6. One address after the other: two at a time would
 * find each other.
 * @param {number} port
 */
export async function isBusy(port) {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1']) {
    const fault = await tryListen(port, host);
    if (fault?.code === 'EADDRINUSE' || fault?.code === 'EACCES') return true;
  }
  return false;
}
