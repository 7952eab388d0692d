import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'scripts', script), ...args],
    {
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
    },
  );
  return { status, stdout, stderr };
}

const LINK = /^ {2}https:\/\/portal\.example\/sign-in\?link#[A-Za-z0-9_-]{43}$/m;

describe('npm run admin', () => {
  it('verifies the chain of the audit log', () => {
    expect(run('seed-demo.ts').status).toBe(0);
    const { status, stdout } = run('admin.ts', 'verify-audit');
    expect([status, stdout]).toEqual([0, expect.stringContaining('The audit log is as it was written.')]);
    expect(run('admin.ts', 'verify-audit', 'twice').status).toBe(2);
    expect(run('admin.ts', 'verify-audit', '999', 'A'.repeat(43))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the newest rows were taken away'),
    });
  });

  it('makes links and administrators, alone and beside a running portal', async () => {
    expect(run('seed-demo.ts').status).toBe(0);
    expect(run('admin.ts', 'sign-in-link', 'ada@acme.example')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(LINK),
    });
    const portal = await startDatabaseProcess({ env: { ORGDOCK_DATA_DIR: folder } });
    expect(portal.startProblem).toBeNull();
    expect(run('admin.ts', 'sign-in-link', 'ADA@acme.example').stdout).toMatch(LINK);
    expect(run('admin.ts', 'grant-admin', 'ada@acme.example')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is an administrator now'),
    });
    expect(run('admin.ts', 'reactivate', 'ada@acme.example')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not deactivated'),
    });
    expect(run('admin.ts', 'sign-in-link', 'nobody')).toMatchObject({
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
    expect(run('admin.ts', 'environments', 'apply', file)).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('+ create qa (QA)'),
      stderr: expect.stringContaining('--yes confirms'),
    });
    expect(run('admin.ts', 'environments', 'apply', file, '--yes').status).toBe(0);
    expect(run('admin.ts', 'environments', 'apply', file)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('There is nothing to apply.'),
    });
  });

  it('explains itself, and what it does not know', () => {
    expect(run('admin.ts')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('sign-in-link <person>'),
    });
    expect(run('admin.ts', 'steal')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no command "steal"'),
    });
    expect(run('admin.ts', 'grant-admin')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('needs one person'),
    });
    expect(run('admin.ts', 'constructor', 'x').status).toBe(2);
  });
});
