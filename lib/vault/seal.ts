import { CompactEncrypt, type CompactJWEHeaderParameters, compactDecrypt, decodeProtectedHeader } from 'jose';
import { AppError, type ErrorCode } from '@/lib/errors';
import { findKey, keyRing } from '@/lib/keyring';
import type { SealedColumn } from '@/lib/vault/sealed-columns';

/** A sealed value outside the database: an answer that waits on disk until it is stored. `rowId` is its attempt. */
type SealedFile = { table: 'spool'; column: 'answer' };

/** Where a sealed value belongs. It opens nowhere else. */
export type SealBinding = (SealedColumn | SealedFile) & { rowId: string };

/**
 * Seals a secret for one column of one row: JWE compact, `dir` + A256GCM (RFC 7516). The key's name and the
 * place are in the protected header, so a value that is moved, or whose header is changed, does not open.
 */
export async function seal(secret: string, binding: SealBinding): Promise<string> {
  const ring = keyRing();
  return await new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring.activeKid, place: placeOf(binding) })
    .encrypt(keyFor(ring.activeKid, binding));
}

/**
 * Opens what `seal` made. Throws VAULT_KEY_UNKNOWN, VAULT_VALUE_DAMAGED or VAULT_BINDING_MISMATCH, each
 * naming the row; never answers with a stand-in value.
 */
export async function open(sealed: string, binding: SealBinding): Promise<string> {
  const kid = kidOf(sealed);
  if (kid === null) throw refusal('VAULT_VALUE_DAMAGED', 'is damaged: it names no key', binding);
  const key = keyFor(kid, binding);
  let plaintext: Uint8Array;
  let header: CompactJWEHeaderParameters & { place?: unknown };
  try {
    const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
    ({ plaintext, protectedHeader: header } = await compactDecrypt(sealed, key, options));
  } catch {
    throw refusal('VAULT_VALUE_DAMAGED', 'is damaged', binding);
  }
  if (header.place !== placeOf(binding)) {
    throw refusal('VAULT_BINDING_MISMATCH', 'was sealed for another row or column', binding);
  }
  return Buffer.from(plaintext).toString('utf8');
}

/** The name of the key that a value says it is sealed with; null when it names none. It may be damaged all the same. */
export function kidOf(sealed: string): string | null {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

function placeOf({ table, column, rowId }: SealBinding): string {
  return `${table}.${column}.${rowId}`;
}

function keyFor(kid: string, binding: SealBinding): Uint8Array {
  const key = findKey(kid);
  if (key) return key;
  throw refusal(
    'VAULT_KEY_UNKNOWN',
    `is sealed with the key '${kid}', which the key ring does not hold`,
    binding,
  );
}

function refusal(code: ErrorCode, why: string, binding: SealBinding): AppError {
  return new AppError(code, `The sealed value ${placeOf(binding)} ${why}.`, {
    nextStep:
      code === 'VAULT_KEY_UNKNOWN'
        ? 'Restore the key ring that this database was used with.'
        : 'Enter or connect it again: the stored value cannot be used any more.',
    details: { table: binding.table, column: binding.column, rowId: binding.rowId },
  });
}
