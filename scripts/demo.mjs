// @ts-check
/** `npm run demo`: portal and simulated orgs, from a clean clone, in the foreground until Ctrl-C. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './set-up/build.mjs';
import { runDemo } from './set-up/demo-run.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runScript } from './set-up/run-script.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

await runScript(() =>
  runDemo(root, {
    title: 'Orgdock is running.',
    probe: '/api/ready',
    portalArgs: () => ['server.mjs'],
    async prepare() {
      await ensureInstalled(root, console.log);
      await ensureBuilt(root, console.log);
      console.log('Starting …');
    },
  }),
);
