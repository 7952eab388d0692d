import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeFaults, settingFaults } from './settings.mjs';

const good = { NEXTAUTH_URL: 'https://portal.example', NEXTAUTH_SECRET: 'x'.repeat(32) };
const namesOf = (settings: Record<string, string>) =>
  settingFaults({ ...good, ...settings }).map(({ name }) => name);

const random = () => randomBytes(32).toString('base64url');
const ringOf = (value: string) => JSON.stringify({ active: 'k1', keys: { k1: { value } } });

function ringFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'orgdock-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ring.json');
  writeFileSync(path, text);
  return path;
}

describe('settings of a production start', () => {
  it('are complete with an address and a secret', () => {
    expect(settingFaults(good)).toEqual([]);
  });

  it('are all named at once when they are missing or wrong, each with its fix', () => {
    const faults = settingFaults({ DATABASE_URL: 'mysql://x', PORT: '0', LOG_LEVEL: 'loud' });
    expect(faults.map(({ name }) => name)).toEqual([
      'NEXTAUTH_URL',
      'NEXTAUTH_SECRET',
      'ORGDOCK_KEYRING',
      'DATABASE_URL',
      'PORT',
      'LOG_LEVEL',
    ]);
    const text = describeFaults(faults);
    for (const { name, fix } of faults) {
      expect(text).toContain(`${name}: `);
      expect(text).toContain(fix);
    }
  });

  it.each([
    ['NEXTAUTH_URL', 'http://portal.example'],
    ['NEXTAUTH_URL', 'https://portal.example/base'],
    ['NEXTAUTH_URL', 'https://user:secret@portal.example'],
    ['NEXTAUTH_URL', 'portal.example'],
    ['NEXTAUTH_SECRET', 'short'],
    ['DATABASE_OWNER_URL', 'db.internal:5432'],
    ['DATABASE_DIRECT_URL', 'postgres://portal@db.internal/orgdock'],
    ['ORGDOCK_SMTP_URL', 'mail.example.com:587'],
    ['ORGDOCK_SMTP_URL', 'smtp://'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['ORGDOCK_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['ORGDOCK_ALLOW_HOSTS', 'http://acme.example'],
    ['ORGDOCK_ALLOW_HOSTS', 'https://acme.example/services'],
    ['ORGDOCK_SETUP_TOKEN', 'guess'],
  ])('refuse %s=%s', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['NEXTAUTH_URL', 'http://localhost:3000'],
    ['NEXTAUTH_URL', 'http://127.0.0.1:3000'],
    ['NEXTAUTH_URL', 'http://[::1]:3000'],
    ['ORGDOCK_ALLOW_HOSTS', 'http://localhost:4501, https://partner.example'],
    ['ORGDOCK_TRUSTED_PROXIES', '10.0.0.0/8 ::1'],
    ['DATABASE_URL', ''],
    ['ORGDOCK_SMTP_URL', 'smtps://user:p%40ss@mail.example.com:465?from=orgdock@example.com'],
    ['ORGDOCK_SMTP_URL', 'smtp://localhost'],
  ])('allow %s=%s', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([]);
  });

  it('do not repeat a database address, which holds a password', () => {
    const text = describeFaults(
      settingFaults({ ...good, ORGDOCK_KEYRING: ringOf(random()), DATABASE_URL: 'mysql://u:hunter2@x' }),
    );
    expect(text).toContain('DATABASE_URL');
    expect(text).not.toContain('hunter2');
  });
});

describe('the key ring of a production start', () => {
  const DATABASE_URL = 'postgres://portal@db.internal/orgdock';
  const faultsOf = (ORGDOCK_KEYRING: string) => settingFaults({ ...good, DATABASE_URL, ORGDOCK_KEYRING });

  it('is good with a random key, in the setting or in a file', () => {
    const ring = ringOf(random());
    expect(faultsOf(` ${ring} `)).toEqual([]);
    expect(faultsOf(ringFile(`${ring}\n`))).toEqual([]);
  });

  it.each([
    ['absent', '', /missing, and DATABASE_URL is set/],
    ['blank', '  ', /missing/],
    ['in no file', '/nowhere/ring.json', /neither JSON nor the path of a file that can be read \(ENOENT\)/],
    ['a folder', tmpdir(), /\(EISDIR\)/],
    ['no JSON', '{"active":', /not of the form/],
    ['without keys', '{"active":"k1","keys":{}}', /names 'k1' as active, but does not hold it/],
    ['too short', ringOf(randomBytes(16).toString('base64url')), /'k1' of 16 bytes instead of 32/],
    [
      'a passphrase',
      ringOf(Buffer.from('correct horse battery staple 123').toString('base64url')),
      /not random/,
    ],
    ['one byte repeated', ringOf(Buffer.alloc(32, 7).toString('base64url')), /not random/],
    ['the one of the tests', process.env.ORGDOCK_KEYRING ?? '', /'test' that is printed in Orgdock's source/],
  ])('is refused when it is %s, in the setting', (_, setting, problem) => {
    expect(faultsOf(setting)).toMatchObject([
      {
        name: 'ORGDOCK_KEYRING',
        problem: expect.stringMatching(problem),
        fix: expect.stringContaining('"Keys"'),
      },
    ]);
  });

  it('is refused when it is weak, in a file', () => {
    const weak = ringFile(ringOf(Buffer.alloc(32).toString('base64url')));
    expect(faultsOf(weak)).toMatchObject([{ problem: expect.stringContaining('not random') }]);
    const published = ringFile(process.env.ORGDOCK_KEYRING ?? '');
    expect(faultsOf(published)).toMatchObject([{ problem: expect.stringContaining('printed in') }]);
  });

  it('is refused without repeating a key, wherever somebody put it', () => {
    const [bare, weak] = [random(), Buffer.alloc(32, 7).toString('base64url')];
    for (const [key, setting] of [
      [bare, bare],
      [weak, ringOf(weak)],
    ] as const) {
      const text = describeFaults(faultsOf(setting));
      expect(text).toContain('ORGDOCK_KEYRING');
      expect(text).not.toContain(key);
    }
  });
});
