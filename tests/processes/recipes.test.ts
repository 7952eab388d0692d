import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK } from '@/simulator/testing/client';
import { BrokerPortal } from './broker-portal';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROWS = 25;

/** What each recipe prints. */
const SAYS: Record<string, RegExp> = {
  curl: /"records":\[\s*\{"Id":"001/,
  'curl, a write': /"success":true/,
  node: /^(\d+) of \1 rows$/m,
  python: /^(\d+) of \1 rows$/m,
  'jsforce at the root': /^\d+ rows$/m,
  'jsforce through the prefix': /Acme by jsforce/,
};

/** What runs a recipe, which it reads from standard input, and how to tell whether that is there; null: it always is. */
const TOOLS: Record<string, { run: string[]; probe: string[] | null }> = {
  sh: { run: ['sh'], probe: ['curl', '--version'] },
  js: { run: [process.execPath, '--input-type=module'], probe: null },
  python: { run: ['python3', '-'], probe: ['python3', '-c', 'import requests'] },
};

let simulator: RunningSimulator;
let portal: BrokerPortal;

beforeAll(async () => {
  simulator = await startSimulator({
    accounts: { production: ROWS, uat: 5 },
    callbackUrls: { production: [CALLBACK] },
  });
  const org = simulator.org('production');
  portal = await BrokerPortal.open({ org, username: PRODUCTION.users.ada.username }, 1);
});

afterAll(async () => {
  await portal?.close();
  await simulator?.stop();
});

it('runs every recipe of docs/broker.md whose tool is at hand, and always those of Node', async () => {
  const recipes = readRecipes();
  expect(recipes.map(({ name }) => name).sort()).toEqual(Object.keys(SAYS).sort());
  const ran: string[] = [];
  for (const { name, language, code } of recipes) {
    const tool = TOOLS[language];
    if (!tool || !isThere(tool.probe)) continue;
    const { status, said, fault } = await runRecipe(tool.run, code);
    expect({ name, status, fault }).toEqual({ name, status: 0, fault: '' });
    expect(said, name).toMatch(SAYS[name] ?? /^$/);
    ran.push(name);
  }
  expect(ran).toEqual(expect.arrayContaining(['node', 'jsforce at the root', 'jsforce through the prefix']));
});

function readRecipes() {
  const document = readFileSync(path.join(ROOT, 'docs/broker.md'), 'utf8');
  return [...document.matchAll(/^```(\w+)\n((?:#|\/\/) recipe: (.+)\n[\s\S]*?)^```$/gm)].map(
    ([, language = '', code = '', name = '']) => ({ name, language, code }),
  );
}

function isThere(probe: string[] | null): boolean {
  if (probe === null) return true;
  const [command = '', ...args] = probe;
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

async function runRecipe([command = '', ...args]: string[], code: string) {
  const [program] = portal.programs;
  const child = spawn(command, args, {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ORGDOCK_URL: portal.origin,
      ORGDOCK_KEY: program?.secret,
      CONNECTION: program?.connectionId,
    } as unknown as NodeJS.ProcessEnv,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  child.stdin.end(code);
  const [said, fault, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, said, fault };
}
