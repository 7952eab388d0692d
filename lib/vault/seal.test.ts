import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { type KeyRing, parseKeyRing } from '@/lib/keyring';
import { registry } from '@/lib/registry';
import { kidOf, open, type SealBinding, seal } from '@/lib/vault/seal';

const keys = {
  k1: { value: randomBytes(32).toString('base64url') },
  k2: { value: randomBytes(32).toString('base64url') },
};
const ring = (active: 'k1' | 'k2', held: Array<'k1' | 'k2'> = ['k1', 'k2']) =>
  parseKeyRing(
    JSON.stringify({ active, keys: Object.fromEntries(held.map((kid) => [kid, keys[kid]])) }),
    'a test',
  );

const place = { table: 'connection_secrets', column: 'refresh_token', rowId: randomUUID() } as const;

const codePoint = fc.integer({ min: 0, max: 0x10_ff_ff }).filter((code) => code < 0xd8_00 || code > 0xdf_ff);
const anyText = fc.array(codePoint, { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes));

function use(held: KeyRing) {
  const source = { origin: 'a test', load: () => '', revision: () => 'as before', store: null };
  registry().slots.set('keyring', { source, revision: 'as before', ring: held, lookedAt: performance.now() });
}

/** Every damage names the row, in its words and in its details, and quotes nothing. */
async function refusalOf(sealed: string, at: SealBinding): Promise<AppError> {
  const error: unknown = await open(sealed, at).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`It opened, or broke: ${error}`);
  expect(error.details).toEqual({ table: at.table, column: at.column, rowId: at.rowId });
  expect(error.message).toContain(`${at.table}.${at.column}.${at.rowId}`);
  expect(error.nextStep).not.toBeNull();
  for (const part of sealed.split('.').slice(2)) {
    if (part.length > 8) expect(`${error.message} ${error.nextStep}`).not.toContain(part);
  }
  return error;
}

beforeEach(() => use(ring('k1')));
afterEach(() => registry().slots.delete('keyring'));

describe('a sealed value', () => {
  it('opens in its place, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (secret) => {
        expect(await open(await seal(secret, place), place)).toBe(secret);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps a byte order mark', async () => {
    expect(await open(await seal('\uFEFFsecret', place), place)).toBe('\uFEFFsecret');
  });

  it('is a JWE that another implementation of the standard reads, and never the same twice', async () => {
    const sealed = await seal('5Aep861.secret', place);
    expect(sealed.split('.')).toHaveLength(5);
    expect(sealed).not.toContain('5Aep861');
    const key = Buffer.from(keys.k1.value, 'base64url');
    const { protectedHeader } = await compactDecrypt(sealed, key);
    expect(protectedHeader).toMatchObject({ alg: 'dir', enc: 'A256GCM', kid: 'k1' });
    expect(await seal('5Aep861.secret', place)).not.toBe(sealed);
  });

  it.each<[string, SealBinding]>([
    ['another row', { ...place, rowId: randomUUID() }],
    ['another column', { ...place, column: 'access_token' }],
    ['another table', { table: 'environment_secrets', column: 'consumer_secret', rowId: place.rowId }],
  ])('does not open in %s, and the error names that row', async (_, elsewhere) => {
    const sealed = await seal('secret', place);
    expect((await refusalOf(sealed, elsewhere)).code).toBe('VAULT_BINDING_MISMATCH');
  });

  it('still opens after the active key changed, and is sealed with the new one', async () => {
    const sealed = await seal('secret', place);
    use(ring('k2'));
    expect(await open(sealed, place)).toBe('secret');
    use(ring('k2', ['k2']));
    expect(await open(await seal('new', place), place)).toBe('new');
    const error = await refusalOf(sealed, place);
    expect(error).toMatchObject({
      code: 'VAULT_KEY_UNKNOWN',
      message: expect.stringContaining("with the key 'k1', which the key ring does not hold"),
      nextStep: expect.stringContaining('Restore the key ring'),
    });
  });

  it('opens with a key that a command has added to the file meanwhile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orgdock-vault-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'ring.json');
    const write = (active: 'k1' | 'k2', held: Array<'k1' | 'k2'>) =>
      writeFileSync(
        path,
        JSON.stringify({ active, keys: Object.fromEntries(held.map((kid) => [kid, keys[kid]])) }),
      );
    use(ring('k2'));
    const sealed = await seal('secret', place);
    expect(kidOf(sealed)).toBe('k2');

    write('k1', ['k1']);
    vi.stubEnv('ORGDOCK_KEYRING', path);
    registry().slots.delete('env');
    registry().slots.delete('keyring');
    expect((await refusalOf(sealed, place)).code).toBe('VAULT_KEY_UNKNOWN');
    write('k2', ['k1', 'k2']);
    expect(await open(sealed, place)).toBe('secret');
    expect(kidOf(await seal('another', place))).toBe('k2');
    registry().slots.delete('env');
  });

  it('cannot be sealed with a key that the ring does not hold', async () => {
    use({ ...ring('k1'), activeKid: 'gone' });
    await expect(seal('secret', place)).rejects.toMatchObject({
      code: 'VAULT_KEY_UNKNOWN',
      details: place,
    });
  });

  it('is refused after a change of any of its characters, and cut anywhere', async () => {
    const sealed = await seal('secret', place);
    for (let index = 0; index < sealed.length; index += 1) {
      // A character differs by at least one bit that counts: the last one of a part may hold unused bits.
      const changed = sealed[index] === 'A' ? 'z' : 'A';
      const damaged = sealed.slice(0, index) + changed + sealed.slice(index + 1);
      expect((await refusalOf(damaged, place)).code, `character ${index}`).toMatch(/^VAULT_/);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      const { code } = await refusalOf(sealed.slice(0, length), place);
      expect(code, `${length} characters`).toBe('VAULT_VALUE_DAMAGED');
    }
    expect((await refusalOf(`${sealed}A`, place)).code).toBe('VAULT_VALUE_DAMAGED');
  });

  it('is refused when it names no key, or asks for another algorithm', async () => {
    const key = Buffer.from(keys.k1.value, 'base64url');
    const forge = (header: { alg: string; enc: string; kid?: string }) =>
      new CompactEncrypt(new TextEncoder().encode('x')).setProtectedHeader(header).encrypt(key);
    const nameless = await forge({ alg: 'dir', enc: 'A256GCM' });
    expect((await refusalOf(nameless, place)).code).toBe('VAULT_VALUE_DAMAGED');
    expect(kidOf(nameless)).toBeNull();
    const wrapped = await forge({ alg: 'A256KW', enc: 'A256GCM', kid: 'k1' });
    expect((await refusalOf(wrapped, place)).code).toBe('VAULT_VALUE_DAMAGED');
    const placeless = await forge({ alg: 'dir', enc: 'A256GCM', kid: 'k1' });
    expect((await refusalOf(placeless, place)).code).toBe('VAULT_BINDING_MISMATCH');
  });
});
