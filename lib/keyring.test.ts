import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyRing, parseKeyRing } from '@/lib/keyring';
import { registry } from '@/lib/registry';

const random = () => randomBytes(32).toString('base64url');
const ringOf = (keys: Record<string, string>, active = Object.keys(keys)[0]) =>
  JSON.stringify({
    active,
    keys: Object.fromEntries(Object.entries(keys).map(([kid, value]) => [kid, { value }])),
  });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orgdock-keyring-'));
  forget();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  forget();
});

function forget() {
  registry().slots.delete('env');
  registry().slots.delete('keyring');
}

function settings(values: Record<string, string>) {
  for (const [name, value] of Object.entries({ DATABASE_URL: '', ORGDOCK_KEYRING: '', ...values })) {
    vi.stubEnv(name, value);
  }
}

describe('parseKeyRing', () => {
  it('reads keys and knows the active one', () => {
    const value = random();
    const ring = parseKeyRing(ringOf({ k1: value, k2: random() }, 'k2'), 'a test');
    expect(ring.activeKid).toBe('k2');
    expect(Buffer.from(ring.key('k1') ?? []).toString('base64url')).toBe(value);
    expect(ring.key('k3')).toBeNull();
  });

  it('derives from the first key, so that a new active key changes nothing', () => {
    const keys = { k1: random(), k2: random() };
    const before = parseKeyRing(ringOf(keys, 'k1'), 'a test');
    const after = parseKeyRing(ringOf(keys, 'k2'), 'a test');
    expect(after.derive('role', 32)).toEqual(before.derive('role', 32));
    expect(after.derive('other', 32)).not.toEqual(before.derive('role', 32));
    expect(after.derive('role', 16)).toHaveLength(16);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['no keys', JSON.stringify({ active: 'k1', keys: {} })],
    ['an absent active key', ringOf({ k1: random() }, 'k2')],
    ['an unknown field', JSON.stringify({ active: 'k1', keys: { k1: { value: random(), note: 'x' } } })],
    ['a short key', ringOf({ k1: randomBytes(16).toString('base64url') })],
    ['zeros', ringOf({ k1: Buffer.alloc(32).toString('base64url') })],
    ['a passphrase', ringOf({ k1: Buffer.from('correct horse battery staple 123').toString('base64url') })],
    [
      'a sequence',
      ringOf({ k1: Buffer.from([...Array(32).keys()].map((n) => n + 200)).toString('base64url') }),
    ],
  ])('refuses %s, and does not quote it', (_, json) => {
    let error: unknown;
    try {
      parseKeyRing(json, 'a test');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'MISCONFIGURED' });
    const quoted = /"value":"([^"]+)"/.exec(json)?.[1] ?? 'nonsense';
    expect(String(error)).not.toContain(quoted);
  });
});

describe('keyRing', () => {
  it('reads JSON from the setting, once', () => {
    settings({ ORGDOCK_KEYRING: ringOf({ k1: random() }) });
    expect(keyRing().activeKid).toBe('k1');
    expect(keyRing()).toBe(keyRing());
  });

  it('reads a file', () => {
    const path = join(folder, 'ring.json');
    writeFileSync(path, ringOf({ fromfile: random() }));
    settings({ ORGDOCK_KEYRING: path });
    expect(keyRing().activeKid).toBe('fromfile');
  });

  it('names a file that cannot be read', () => {
    settings({ ORGDOCK_KEYRING: join(folder, 'absent.json') });
    expect(() => keyRing()).toThrow(/absent\.json cannot be read/);
  });

  it('refuses to go without a ring on a real database server', () => {
    settings({ DATABASE_URL: 'postgres://localhost/orgdock', ORGDOCK_DATA_DIR: folder });
    expect(() => keyRing()).toThrow(/no key ring/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes one for the embedded database, for the owner only, and finds it again', () => {
    settings({ ORGDOCK_DATA_DIR: join(folder, 'data') });
    const made = keyRing();
    const path = join(folder, 'data', 'keyring.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['keyring.json']);
    const text = readFileSync(path, 'utf8');
    registry().slots.delete('keyring');
    expect(keyRing().activeKid).toBe(made.activeKid);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('says so when the data folder cannot be written', () => {
    writeFileSync(join(folder, 'a-file'), '');
    settings({ ORGDOCK_DATA_DIR: join(folder, 'a-file', 'data') });
    expect(() => keyRing()).toThrow(/cannot be written/);
    expect(existsSync(join(folder, 'a-file', 'data'))).toBe(false);
  });
});
