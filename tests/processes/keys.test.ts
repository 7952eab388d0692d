import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RingContents } from '@/lib/keyring/types';
import { bundled } from './bundled';
import { type DatabaseProcess, startDatabaseProcess } from './start-database';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'orgdock-keys-'));
const data = path.join(folder, 'data');
const ringFile = path.join(data, 'keyring.json');
const settings = {
  LOG_LEVEL: 'silent',
  DATABASE_URL: '',
  ORGDOCK_KEYRING: '',
  NEXTAUTH_URL: 'https://portal.example',
  ORGDOCK_DATA_DIR: data,
  ORGDOCK_ALLOW_HOSTS: 'http://localhost:1,http://localhost:2',
};

/** Runs through all tests: none of the commands makes it start again. */
let portal: DatabaseProcess;
let secrets: unknown;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  expect(run({}, 'seed-demo').status).toBe(0);
  portal = await startDatabaseProcess({ env: settings });
  expect(portal.startProblem).toBeNull();
  secrets = await portal.tell('secrets');
  expect(secrets).toHaveLength(2);
});

afterAll(async () => {
  await portal.tell('stop');
  rmSync(folder, { recursive: true, force: true });
});

function run(changes: Record<string, string>, script: 'admin' | 'seed-demo', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundled(script), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...settings, ...changes },
  });
  return { status, stdout, stderr };
}

const admin = (...args: string[]) => run({}, 'admin', ...args);
const ring = () => JSON.parse(readFileSync(ringFile, 'utf8')) as RingContents;

describe('npm run admin beside a running portal', () => {
  it('rotates keys, retires one, and refuses what would lose a secret', async () => {
    const { active: first } = ring();
    const rotated = admin('rotate-keys');
    expect(rotated).toMatchObject({ status: 0, stderr: '' });
    const { active: second } = ring();
    expect(rotated.stdout).toContain(`Added the key '${second}' to ${ringFile} and made it active.`);
    expect(rotated.stdout).toContain('  environment_secrets.consumer_secret: 2 of 2\n');
    expect(rotated.stdout).toContain(`Sealed 2 values with '${second}'; 0 were sealed with it before.`);
    expect(statSync(ringFile).mode & 0o777).toBe(0o600);
    // The portal has read the ring before the key was made, and was not told.
    expect(await portal.tell('secrets')).toEqual(secrets);
    expect(await portal.tell('active key')).toBe(second);

    expect(admin('rotate-keys').status).toBe(0);
    const { active: third } = ring();
    const listed = admin('keys').stdout;
    expect(listed).toMatch(new RegExp(`^  ${first} .*seals 0 values; first`, 'm'));
    expect(listed).toMatch(new RegExp(`^  ${second} .*seals 0 values; may go`, 'm'));
    expect(listed).toMatch(new RegExp(`^  ${third} .*seals 2 values; active$`, 'm'));

    expect(admin('retire-key', first)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the first one'),
    });
    expect(admin('retire-key', second)).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(ring().keys)).toEqual([first, third]);
    expect(await portal.tell('secrets')).toEqual(secrets);
  });

  it('gives replicas with a file of their own the key first', async () => {
    const { active: before } = ring();
    const prepared = admin('rotate-keys', '--prepare');
    const [, kid = ''] = /rotate-keys --to (\S+)/.exec(prepared.stdout) ?? [];
    expect(ring()).toMatchObject({ active: before, keys: { [kid]: {} } });
    expect(admin('rotate-keys', '--to', kid)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Sealed 2 values with '${kid}'`),
    });
    expect(await portal.tell('secrets')).toEqual(secrets);
  });

  it('prints the steps for a ring in the environment, which lead to re-sealed values', async () => {
    const { active: before } = ring();
    const explained = run({ ORGDOCK_KEYRING: JSON.stringify(ring()) }, 'admin', 'rotate-keys');
    expect(explained).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Sealed 0 values with '${before}'`),
    });
    const [entry = '', kid = ''] = /"(k[0-9a-f]{8})":\{"value":"\S+"\}/.exec(explained.stdout) ?? [];
    const both = (active: string) => JSON.stringify({ ...ring(), active }).replace(/\}\}$/, `,${entry}}}`);
    const [onPortal, onOther] = [both(before), both(kid)];
    expect(Object.keys((JSON.parse(onPortal) as RingContents).keys).at(-1)).toBe(kid);

    // First every replica holds the key, then one of them has it as the active one.
    writeFileSync(ringFile, onPortal);
    const other = { ORGDOCK_KEYRING: onOther };
    expect(run(other, 'admin', 'rotate-keys', '--reseal-only')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Sealed 2 values with '${kid}'`),
    });
    expect(await portal.tell('secrets')).toEqual(secrets);
    expect(run(other, 'admin', 'retire-key', before)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is changed where it is set'),
    });
  });

  it('exports the ring, to the screen or apart from the data, and a lost one comes back from there', async () => {
    const printed = admin('export-keyring');
    expect(JSON.parse(printed.stdout)).toEqual(ring());
    expect(printed.stderr).toContain('keep them apart');
    const file = path.join(folder, 'backup.json');
    expect(admin('export-keyring', '--to', file).status).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ring());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(admin('export-keyring', '--to', file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is there already'),
    });
    expect(admin('export-keyring', '--to', path.join(data, 'backup.json'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('beside the data'),
    });

    await portal.tell('stop');
    rmSync(ringFile);
    expect((await startDatabaseProcess({ env: settings })).startProblem).toMatchObject({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('keyring.json is missing, and there is a database beside it'),
    });
    writeFileSync(ringFile, readFileSync(file), { mode: 0o600 });
    portal = await startDatabaseProcess({ env: settings });
    expect(await portal.tell('secrets')).toEqual(secrets);
  });

  it('lets the first key go by hand while no portal runs: what is derived follows the next one', async () => {
    await portal.tell('stop');
    const { active, keys } = ring();
    const [first = '', ...others] = Object.entries(keys);
    expect(others.length).toBeGreaterThan(0);
    writeFileSync(ringFile, JSON.stringify({ active, keys: Object.fromEntries(others) }));
    portal = await startDatabaseProcess({ env: settings });
    expect(portal.startProblem).toBeNull();
    expect(await portal.tell('role')).toBe('orgdock_portal');
    expect(await portal.tell('secrets')).toEqual(secrets);
    expect(Object.keys(ring().keys)).not.toContain(first[0]);
  });

  it('names a damaged value by its row, seals the rest, and says that the old key must stay', async () => {
    const rowId = await portal.tell('damage');
    const rotated = admin('rotate-keys');
    expect(rotated.status).toBe(1);
    expect(rotated.stdout).toContain('Sealed 1 values with');
    expect(rotated.stderr).toContain(
      `VAULT_VALUE_DAMAGED: The sealed value environment_secrets.consumer_secret.${rowId} is damaged.`,
    );
    expect(rotated.stderr).toContain('Keep every older key in the ring');
  });

  it('explains itself when the arguments do not fit', () => {
    expect(admin('rotate-keys', '--now')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        'rotate-keys takes --prepare, --to <key> or --reseal-only, or nothing.',
      ),
    });
  });
});
