import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeRing, exportRing, findKey, keyRing, parseKeyRing, RING_LAG_MS } from '@/lib/keyring';
import { log } from '@/lib/log';
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
  vi.useRealTimers();
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
    expect(ring.kids).toEqual(['k1', 'k2']);
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

  it('refuses a name that would make a later key the first one', () => {
    const [first, second] = [random(), random()];
    const written = `{"active": "k1", "keys": {"k1": {"value": "${first}"}, "2": {"value": "${second}"}}}`;
    expect(() => parseKeyRing(written, 'a test')).toThrow(/names the key '2' by a number/);
    const inOrder = `{"active": "2", "keys": {"1": {"value": "${first}"}, "2": {"value": "${second}"}}}`;
    expect(parseKeyRing(inOrder, 'a test').kids).toEqual(['1', '2']);
  });

  it("refuses the key of Orgdock's own tests in production", () => {
    const published = process.env.ORGDOCK_KEYRING ?? '';
    expect(parseKeyRing(published, 'a test').activeKid).toBe('test');
    vi.stubEnv('NODE_ENV', 'production');
    registry().slots.delete('env');
    expect(() => parseKeyRing(published, 'a test')).toThrow(/'test' that is printed in Orgdock's source/);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['no object', JSON.stringify(['active', 'keys'])],
    ['keys that are a list', JSON.stringify({ active: 'k1', keys: [] })],
    ['a key that is only a text', JSON.stringify({ active: 'k1', keys: { k1: random() } })],
    ['a name with blanks', ringOf({ 'my key': random() })],
    ['standard base64', ringOf({ k1: `+/${random().slice(2)}` })],
    ['no keys', JSON.stringify({ active: 'k1', keys: {} })],
    ['an absent active key', ringOf({ k1: random() }, 'k2')],
    ['an unknown field', JSON.stringify({ active: 'k1', keys: { k1: { value: random(), note: 'x' } } })],
    ['a short key', ringOf({ k1: randomBytes(16).toString('base64url') })],
    ['a repeated byte', ringOf({ k1: Buffer.alloc(32, 7).toString('base64url') })],
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

  it('does not replace a lost ring, which would open nothing', () => {
    const data = join(folder, 'data');
    mkdirSync(join(data, 'postgres'), { recursive: true });
    settings({ ORGDOCK_DATA_DIR: data });
    expect(() => keyRing()).toThrow(/keyring\.json is missing, and there is a database beside it/);
    expect(existsSync(join(data, 'keyring.json'))).toBe(false);
  });

  it('says so when the data folder cannot be written', () => {
    writeFileSync(join(folder, 'a-file'), '');
    settings({ ORGDOCK_DATA_DIR: join(folder, 'a-file', 'data') });
    expect(() => keyRing()).toThrow(/cannot be written/);
    expect(existsSync(join(folder, 'a-file', 'data'))).toBe(false);
  });
});

describe('a key ring file that changes under a running process', () => {
  const [first, second] = [random(), random()];
  let path: string;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    path = join(folder, 'ring.json');
    writeFileSync(path, ringOf({ k1: first }));
    settings({ ORGDOCK_KEYRING: path });
    expect(keyRing().activeKid).toBe('k1');
  });

  it('gives a key that was added a moment ago', () => {
    expect(findKey('k2')).toBeNull();
    writeFileSync(path, ringOf({ k1: first, k2: second }));
    expect(Buffer.from(findKey('k2') ?? []).toString('base64url')).toBe(second);
  });

  it('gives the new active key within a second', () => {
    writeFileSync(path, ringOf({ k1: first, k2: second }, 'k2'));
    expect(keyRing().activeKid).toBe('k1');
    vi.advanceTimersByTime(RING_LAG_MS);
    expect(keyRing().activeKid).toBe('k2');
  });

  it.each([
    ['is damaged', () => writeFileSync(path, '{"active":'), /not of the form/],
    ['is gone', () => rmSync(path), /cannot be read/],
    [
      'has another first key',
      () => writeFileSync(path, ringOf({ k2: second, k1: first }, 'k2')),
      /another first key/,
    ],
  ])('leaves the keys in place when it %s, says so once, and comes back', (_, change, why) => {
    const said = vi.spyOn(log(), 'error');
    change();
    vi.advanceTimersByTime(RING_LAG_MS);
    expect(keyRing().activeKid).toBe('k1');
    expect(findKey('k2')).toBeNull();
    const err = expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringMatching(why) });
    expect(said.mock.calls).toEqual([[{ err, origin: path }, expect.any(String)]]);
    writeFileSync(path, ringOf({ k1: first, k2: second }, 'k2'));
    expect(findKey('k2')).not.toBeNull();
  });

  it('is changed by this process, too, which follows at once', () => {
    changeRing(({ keys }) => ({ active: 'k2', keys: { ...keys, k2: { value: second } } }));
    expect(keyRing().activeKid).toBe('k2');
    expect(exportRing()).toMatchObject({ origin: path, writable: true, contents: { active: 'k2' } });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(
      JSON.parse(ringOf({ k1: first, k2: second }, 'k2')),
    );
  });

  it.each([
    ['that is weak', { k1: { value: first }, k2: { value: 'AAAA' } }],
    ['before the first', { k2: { value: second }, k1: { value: first } }],
  ])('is not changed to hold a key %s', (_, keys) => {
    expect(() => changeRing(() => ({ active: 'k1', keys }))).toThrow(/key ring/);
    expect(readFileSync(path, 'utf8')).toBe(ringOf({ k1: first }));
  });
});

describe('a key ring in the setting itself', () => {
  it('is not changed by Orgdock', () => {
    settings({ ORGDOCK_KEYRING: ringOf({ k1: random() }) });
    expect(exportRing()).toMatchObject({ origin: 'ORGDOCK_KEYRING', writable: false });
    expect(() => changeRing((contents) => contents)).toThrow(/ORGDOCK_KEYRING cannot be changed by Orgdock/);
  });
});
