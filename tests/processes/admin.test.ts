import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundled } from './bundled';
import { startDatabaseProcess } from './start-database';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'orgdock-admin-'));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      LOG_LEVEL: 'silent',
      DATABASE_URL: '',
      NEXTAUTH_URL: 'https://portal.example',
      ORGDOCK_DATA_DIR: folder,
      ORGDOCK_ALLOW_HOSTS: 'http://localhost:1,http://localhost:2',
    },
  });
  return { status, stdout, stderr };
}

const admin = (...args: string[]) => run(bundled('admin'), ...args);

const LINK = /^ {2}https:\/\/portal\.example\/sign-in\?link#[A-Za-z0-9_-]{43}$/m;

describe('npm run admin', () => {
  it('verifies the chain of the audit log', () => {
    expect(run(bundled('seed-demo')).status).toBe(0);
    const { status, stdout } = admin('verify-audit');
    expect([status, stdout]).toEqual([0, expect.stringContaining('The audit log is as it was written.')]);
    expect(admin('verify-audit', 'twice').status).toBe(2);
    expect(admin('verify-audit', '999', 'A'.repeat(43))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the newest rows were taken away'),
    });
  });

  it('makes links and administrators, alone and beside a running portal', async () => {
    expect(run(bundled('seed-demo')).status).toBe(0);
    expect(admin('sign-in-link', 'ada@acme.example')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(LINK),
    });
    const portal = await startDatabaseProcess({ env: { ORGDOCK_DATA_DIR: folder } });
    expect(portal.startProblem).toBeNull();
    expect(admin('sign-in-link', 'ADA@acme.example').stdout).toMatch(LINK);
    expect(admin('grant-admin', 'ada@acme.example')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is an administrator now'),
    });
    expect(admin('reactivate', 'ada@acme.example')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not deactivated'),
    });
    expect(admin('sign-in-link', 'nobody')).toMatchObject({
      status: 1,
      stderr: 'Nobody is known as "nobody".\n',
    });
    await portal.tell('stop');
  });

  it('applies a file of environments when told to, and ends with 3 when nobody is there to say so', () => {
    const file = path.join(folder, 'environments.json');
    const app = {
      origin: 'https://acme--qa.sandbox.my.salesforce.com',
      clientId: '3MVG9.qa',
      clientType: 'public',
    };
    const environments = [{ slug: 'qa', name: 'QA', kind: 'sandbox', ...app }];
    writeFileSync(file, JSON.stringify({ orgdock: 'environments', version: 1, environments }));
    expect(admin('environments', 'apply', file)).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('+ create qa (QA)'),
      stderr: expect.stringContaining('--yes confirms'),
    });
    expect(admin('environments', 'apply', file, '--yes').status).toBe(0);
    expect(admin('environments', 'apply', file)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('There is nothing to apply.'),
    });
  });

  it('explains itself, and what it does not know', () => {
    const started = (...args: string[]) => run('--import', 'tsx', 'scripts/admin.ts', ...args);
    expect(started()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('sign-in-link <person>'),
    });
    expect(started('steal')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no command "steal"'),
    });
    expect(started('grant-admin')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('needs one person'),
    });
    expect(started('constructor', 'x').status).toBe(2);
  });
});
