// @ts-check
/** `npm run dev`: as the demo, with Next's development server and its own output. Shares the demo's data. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDemo } from './set-up/demo-run.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runScript } from './set-up/run-script.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

await runScript(() =>
  runDemo(root, {
    title: 'Orgdock is running in development mode.',
    probe: '/api/ready',
    environment: { NODE_ENV: 'development' },
    showPortalLines: true,
    portalArgs: ({ portal }) => [
      'node_modules/next/dist/bin/next',
      'dev',
      '--port',
      String(portal),
      '--hostname',
      '127.0.0.1',
    ],
    async prepare() {
      await ensureInstalled(root, console.log);
    },
  }),
);
