// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** @returns {Promise<number>} a port that nobody listened on a moment ago */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * A demo on free ports with data of its own, for scripts that look at it.
 * @param {string} root
 * @returns {Promise<{url: string, controlOrigin: string, folder: string, stop: () => Promise<void>}>} `folder`: its data
 */
export async function startOwnDemo(root) {
  const [portal, control, production, uat] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const folder = mkdtempSync(path.join(tmpdir(), 'orgdock-demo-'));
  const child = spawn(process.execPath, ['scripts/demo.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(portal),
      SIMULATOR_CONTROL_PORT: String(control),
      SIMULATOR_PRODUCTION_PORT: String(production),
      SIMULATOR_UAT_PORT: String(uat),
      ORGDOCK_DATA_DIR: folder,
    },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const ready = new Promise((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Stop with Ctrl-C')) resolve(true);
    });
  });
  if ((await Promise.race([ready, ended])) !== true) throw new Error('The demo did not start, see above.');
  return {
    url: `http://localhost:${portal}`,
    controlOrigin: `http://localhost:${control}`,
    folder: path.join(folder, 'demo'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
