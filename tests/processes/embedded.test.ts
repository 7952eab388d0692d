import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canEnter } from '@/db/embedded/os-user';
import { commandLineOf, isAlive } from '@/db/embedded/process-facts';
import { type DatabaseProcess, type StartOptions, startDatabaseProcess } from './start-database';

let folder: string;
let dataDir: string;
let processes: DatabaseProcess[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'orgdock-embedded-'));
  chmodSync(folder, 0o755);
  dataDir = path.join(folder, 'data');
  processes = [];
});

afterEach(async () => {
  for (const { pid, kill } of processes) if (isAlive(pid)) await kill('SIGKILL');
  const link = path.join(dataDir, 'postgres');
  const place = existsSync(link) ? path.dirname(realpathSync(link)) : dataDir;
  await gone(postmasterPid());
  for (const item of [folder, place]) rmSync(item, { recursive: true, force: true });
});

async function start(options: Partial<StartOptions> = {}): Promise<DatabaseProcess> {
  const started = await startDatabaseProcess({ env: { ORGDOCK_DATA_DIR: dataDir }, ...options });
  processes.push(started);
  return started;
}

function postmasterPid(): number | null {
  try {
    return Number(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

async function gone(pid: number | null): Promise<void> {
  await vi.waitFor(() => expect(pid !== null && isAlive(pid)).toBe(false), { timeout: 30_000 });
}

function watchdogPid(): number {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const directory = realpathSync(path.join(dataDir, 'postgres'));
  const isWatchdog = (pid: number) => commandLineOf(pid)?.includes(`orgdock-watchdog ${directory} `) ?? false;
  return pids.find(isWatchdog) ?? 0;
}

/** Somebody who is not root: `nobody` when the tests run as root and others may enter the repository. */
function normalUser(): { uid: number; gid: number } | null {
  const nobody = { uid: 65534, gid: 65534 };
  return process.getuid?.() === 0 && canEnter(nobody, process.cwd()) ? nobody : null;
}

describe('the embedded PostgreSQL', () => {
  it('keeps every confirmed row when the portal is killed, and ends with it', async () => {
    const portal = await start();
    let confirmed = 0;
    for (; confirmed < 50; confirmed++) await portal.tell('insert');
    const postmaster = postmasterPid();
    await portal.kill('SIGKILL');
    await gone(postmaster);

    const next = await start();
    expect(next.startProblem).toBeNull();
    expect(await next.tell('count')).toBe(confirmed);
    await next.tell('stop');
  });

  it('stops with a portal that stops, and leaves nothing running', async () => {
    const portal = await start();
    const [postmaster, watchdog] = [postmasterPid(), watchdogPid()];
    await portal.tell('stop');
    expect(postmasterPid()).toBeNull();
    await gone(postmaster);
    await gone(watchdog);
    expect(existsSync(path.join(dataDir, 'postgres.owner.json'))).toBe(false);
  });

  it('adopts the server that a killed portal left', async () => {
    const portal = await start();
    await portal.tell('insert');
    const postmaster = postmasterPid();
    process.kill(watchdogPid(), 'SIGKILL');
    await portal.kill('SIGKILL');

    const next = await start();
    expect(next.startProblem).toBeNull();
    expect(postmasterPid()).toBe(postmaster);
    expect(await next.tell('count')).toBe(1);
    await next.tell('stop');
    await gone(postmaster);
  });

  it('recovers when portal and server are killed at once', async () => {
    const portal = await start();
    await portal.tell('insert');
    const postmaster = postmasterPid() ?? 0;
    await portal.kill('SIGSTOP');
    process.kill(postmaster, 'SIGKILL');
    await portal.kill('SIGKILL');

    const next = await start();
    expect(next.startProblem).toBeNull();
    expect(await next.tell('count')).toBe(1);
    await next.tell('stop');
  });

  it('starts the server again when it dies under a living portal', async () => {
    const portal = await start();
    await portal.tell('insert');
    const killed = postmasterPid() ?? 0;
    process.kill(killed, 'SIGKILL');
    // Sessions of the killed server may still answer for a moment.
    await vi.waitFor(
      async () => {
        await portal.tell('ready');
        expect(postmasterPid()).not.toBe(killed);
        expect(await portal.tell('count')).toBe(1);
      },
      { timeout: 60_000 },
    );
    await portal.tell('stop');
  });

  it('refuses a second portal and names the first', async () => {
    const portal = await start();
    const second = await start();
    expect(second.startProblem).toMatchObject({ code: 'MISCONFIGURED' });
    expect(second.startProblem?.message).toContain(`process ${portal.pid}`);
    await portal.tell('ready');
    await portal.tell('stop');
  });

  it('lets one of two portals win that start at once', async () => {
    const both = await Promise.all([start(), start()]);
    const winners = both.filter((one) => one.startProblem === null);
    expect(winners).toHaveLength(1);
    await winners[0]?.tell('stop');
  });

  it('serves a command from the running portal', async () => {
    const portal = await start();
    await portal.tell('insert');
    const postmaster = postmasterPid();
    const command = await start({ mode: 'command' });
    expect(await command.tell('count')).toBe(1);
    await command.tell('stop');
    expect(postmasterPid()).toBe(postmaster);
    await portal.tell('ready');
    await portal.tell('stop');
  });

  it('starts for a command when no portal runs, and stops after it', async () => {
    const command = await start({ mode: 'command' });
    expect(await command.tell('count')).toBe(0);
    await command.tell('stop');
    expect(postmasterPid()).toBeNull();
  });

  it('binds the portal to a role without power', async () => {
    const portal = await start();
    expect(await portal.tell('role')).toBe('orgdock_portal');
    await portal.tell('stop');
  });

  it('starts although the pid of a crashed server belongs to another program now', async () => {
    await (await start()).tell('stop');
    const file = path.join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n${path.join(dataDir, 'postgres')}\n1\n1\n\n127.0.0.1\n`, {
      mode: 0o600,
    });
    const { uid, gid } = statSync(path.dirname(file));
    chownSync(file, uid, gid);
    const next = await start();
    expect(next.startProblem).toBeNull();
    await next.tell('stop');
  });

  it('leaves an unreadable pid file to PostgreSQL, and says what it says', async () => {
    await (await start()).tell('stop');
    writeFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'not a number\n');
    const { startProblem } = await start();
    expect(startProblem?.code).toBe('UNAVAILABLE');
    expect(startProblem?.details.output).toContain('postmaster.pid');
    rmSync(path.join(dataDir, 'postgres', 'postmaster.pid'));
  });

  it('refuses a data folder that another machine uses', async () => {
    await (await start()).tell('stop');
    const owner = { host: 'another-container', pid: 7, startedAt: null };
    writeFileSync(path.join(dataDir, 'postgres.owner.json'), JSON.stringify(owner));
    const { startProblem } = await start();
    expect(startProblem?.message).toContain('in use on another-container (process 7)');
  });

  it('says so when its password is lost or does not fit', async () => {
    await (await start()).tell('stop');
    const file = path.join(dataDir, 'postgres.password');
    writeFileSync(file, 'another');
    expect((await start()).startProblem?.message).toContain('does not fit');
    rmSync(file);
    expect((await start()).startProblem?.message).toContain('postgres.password, is missing');
  });

  it('serves a normal user', async () => {
    const user = normalUser();
    if (user) chownSync(folder, user.uid, user.gid);
    const portal = await start({ user });
    expect(portal.startProblem).toBeNull();
    await portal.tell('insert');
    await portal.kill('SIGKILL');
    const next = await start({ user });
    expect(await next.tell('count')).toBe(1);
    await next.tell('stop');
  });

  it('serves from a folder that only its user can enter', async () => {
    chmodSync(folder, 0o700);
    const portal = await start();
    expect(portal.startProblem).toBeNull();
    expect(await portal.tell('count')).toBe(0);
    await portal.tell('stop');
  });

  it('says so when the data folder cannot be written', async () => {
    const user = normalUser();
    mkdirSync(dataDir, { mode: 0o555 });
    const { startProblem } = await start({ user });
    expect(startProblem).toMatchObject({ code: 'MISCONFIGURED' });
    expect(startProblem?.message).toBe(`The data folder ${dataDir} cannot be written.`);
    chmodSync(dataDir, 0o755);
  });

  it('says so when the data folder is a file', async () => {
    writeFileSync(dataDir, '');
    expect((await start()).startProblem?.message).toContain('cannot be written');
  });

  it('listens on loopback only, with a password, and keeps its secrets to itself', async () => {
    const portal = await start();
    const port = readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3] ?? '';
    const settings = readFileSync(path.join(dataDir, 'postgres', 'postmaster.opts'), 'utf8');
    expect(settings).toContain('listen_addresses=127.0.0.1');
    expect(settings).not.toContain('fsync');
    expect(readFileSync(path.join(dataDir, 'postgres', 'pg_hba.conf'), 'utf8')).not.toMatch(/^host.*trust/m);
    const mode = spawnSync('stat', ['-c', '%a', path.join(dataDir, 'postgres.password')], {
      encoding: 'utf8',
    });
    expect(mode.stdout.trim()).toBe('600');
    expect(Number(port)).toBeGreaterThan(0);
    await portal.tell('stop');
  });
});
