import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { type KeyRing, parseKeyRing } from '@/lib/keyring';
import { registry } from '@/lib/registry';
import { open, type SealBinding, seal } from '@/lib/vault/seal';

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
  registry().slots.set('keyring', held);
}

beforeEach(() => use(ring('k1')));

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
    await expect(open(sealed, elsewhere)).rejects.toMatchObject({
      code: 'VAULT_BINDING_MISMATCH',
      details: { table: elsewhere.table, column: elsewhere.column, rowId: elsewhere.rowId },
    });
  });

  it('still opens after the active key changed, and is sealed with the new one', async () => {
    const sealed = await seal('secret', place);
    use(ring('k2'));
    expect(await open(sealed, place)).toBe('secret');
    use(ring('k2', ['k2']));
    expect(await open(await seal('new', place), place)).toBe('new');
    await expect(open(sealed, place)).rejects.toMatchObject({
      code: 'VAULT_KEY_UNKNOWN',
      details: { rowId: place.rowId },
      nextStep: expect.stringContaining('Restore the key ring'),
    });
  });

  it('cannot be sealed with a key that the ring does not hold', async () => {
    use({ ...ring('k1'), activeKid: 'gone' });
    await expect(seal('secret', place)).rejects.toMatchObject({ code: 'VAULT_KEY_UNKNOWN' });
  });

  it('is refused after a change of any of its characters, and cut anywhere', async () => {
    const sealed = await seal('secret', place);
    for (let index = 0; index < sealed.length; index += 1) {
      // A character differs by at least one bit that counts: the last one of a part may hold unused bits.
      const changed = sealed[index] === 'A' ? 'z' : 'A';
      const damaged = sealed.slice(0, index) + changed + sealed.slice(index + 1);
      await expect(open(damaged, place), `character ${index}`).rejects.toMatchObject({ code: /^VAULT_/ });
    }
    for (const length of [0, 1, 20, sealed.length - 1]) {
      await expect(open(sealed.slice(0, length), place)).rejects.toMatchObject({
        code: 'VAULT_VALUE_DAMAGED',
      });
    }
  });

  it('is refused when it names no key, or asks for another algorithm', async () => {
    const key = Buffer.from(keys.k1.value, 'base64url');
    const forge = (header: { alg: string; enc: string; kid?: string }) =>
      new CompactEncrypt(new TextEncoder().encode('x')).setProtectedHeader(header).encrypt(key);
    const nameless = await forge({ alg: 'dir', enc: 'A256GCM' });
    await expect(open(nameless, place)).rejects.toMatchObject({ code: 'VAULT_VALUE_DAMAGED' });
    const wrapped = await forge({ alg: 'A256KW', enc: 'A256GCM', kid: 'k1' });
    await expect(open(wrapped, place)).rejects.toMatchObject({ code: 'VAULT_VALUE_DAMAGED' });
    const placeless = await forge({ alg: 'dir', enc: 'A256GCM', kid: 'k1' });
    await expect(open(placeless, place)).rejects.toMatchObject({ code: 'VAULT_BINDING_MISMATCH' });
  });
});
