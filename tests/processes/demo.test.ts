import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '@/tests/free-port';
import { endProcess, makeFolder, type ScriptProcess, startScript } from './portal-process';
import { Visitor } from './visitor';

const ADA = 'ada@acme.example';
const folder = makeFolder();
const data = path.join(folder.path, 'demo');
let environment: Record<string, string>;
let origin: string;
let demo: ScriptProcess | undefined;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  environment = {
    PORT: String(port),
    SIMULATOR_CONTROL_PORT: String(await freePort()),
    SIMULATOR_PRODUCTION_PORT: String(await freePort()),
    SIMULATOR_UAT_PORT: String(await freePort()),
    ORGDOCK_DATA_DIR: folder.path,
  };
});
afterEach(async () => {
  await endProcess(demo);
  demo = undefined;
});
afterAll(() => folder.remove());

async function startDemo(): Promise<ScriptProcess> {
  demo = startScript(['scripts/demo.mjs'], environment);
  await demo.says('Stop with Ctrl-C');
  return demo;
}

/** Processes that work for this demo: its children, and their PostgreSQL. */
function processesOfDemo(): string[] {
  const marks = [data, ...Object.values(environment).filter((value) => /^\d+$/.test(value))];
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,command='], { encoding: 'utf8' }).split('\n');
  // Not by the pid, which may be the number of a port.
  const commandOf = (line: string) => line.replace(/^\s*\d+\s+\S+\s/, '');
  const isOwn = (line: string) => marks.some((mark) => commandOf(line).includes(mark));
  const own = lines.filter((line) => !/^\s*\d+\s+Z/.test(line) && isOwn(line));
  return [...own, ...portalsOn(environment.PORT ?? '')];
}

/** A portal's command line is only `server.mjs`; its port tells whose it is. */
function portalsOn(port: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return (
          command.includes('server.mjs') &&
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`\0PORT=${port}\0`)
        );
      } catch {
        return false;
      }
    });
}

describe('npm run demo', () => {
  it('starts everything, prints how to use it, keeps connections over a restart, and leaves nothing behind', async () => {
    const first = await startDemo();
    expect(first.output()).toContain(origin);
    for (const word of [ADA, 'grace@acme.example', 'franz@acme.example', 'orgdock-demo-1']) {
      expect(first.output()).toContain(word);
    }
    const ada = new Visitor(origin);
    await ada.signIn(ADA);
    const id = await ada.connect(ADA);
    expect(await ada.countRecords(id, 'accounts')).toBe(5_000);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(processesOfDemo()).toEqual([]);

    const second = await startDemo();
    expect(second.output()).not.toContain('Building');
    expect(second.output()).not.toContain('Installing');
    expect(await ada.countRecords(id, 'accounts')).toBe(5_000);
    second.child.kill('SIGHUP');
    await second.ended;
    expect(processesOfDemo()).toEqual([]);
  });

  it('ends its children when it is killed, and starts again over what that run left', async () => {
    const killed = await startDemo();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = await startDemo();
    expect(next.output()).toContain('The last run was cut off');
    expect((await fetch(`${origin}/api/ready`)).status).toBe(200);
  });

  it('says that it is running already', async () => {
    await startDemo();
    const second = startScript(['scripts/demo.mjs'], environment);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running at ${origin}`);
  });

  it.each(['PORT', 'SIMULATOR_UAT_PORT'])(
    'names a busy port and the setting that moves it: %s',
    async (name) => {
      const busy = createServer().listen(0, '127.0.0.1');
      await once(busy, 'listening');
      const { port } = busy.address() as { port: number };
      demo = startScript(['scripts/demo.mjs'], { ...environment, [name]: String(port) });
      expect(await demo.ended).toBe(1);
      expect(demo.output()).toContain(`Port ${port} is in use`);
      expect(demo.output()).toContain(`${name}=`);
      busy.close();
    },
  );

  it('says that its data folder cannot be written', async () => {
    // A folder below a file: root may write everywhere else.
    const below = path.join(folder.path, 'file');
    writeFileSync(below, '');
    demo = startScript(['scripts/demo.mjs'], { ...environment, ORGDOCK_DATA_DIR: below });
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain(`${below}/demo, and that cannot be written`);
  });

  it('refuses a port that is none', async () => {
    demo = startScript(['scripts/demo.mjs'], { ...environment, PORT: 'eighty' });
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain('PORT="eighty" is not a port');
  });
});
