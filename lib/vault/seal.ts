import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { AppError, type ErrorCode } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';

/** Every sealed column. Key rotation runs over this list, so a new sealed column is added here. */
type SealedColumn =
  | { table: 'connection_secrets'; column: 'access_token' | 'refresh_token' }
  | { table: 'environment_secrets'; column: 'consumer_secret' }
  | { table: 'consent_attempts'; column: 'code_verifier' }
  | { table: 'stray_grants'; column: 'token' };

/** Where a sealed value belongs. It opens nowhere else. */
export type SealBinding = SealedColumn & { rowId: string };

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
  let header: ProtectedHeaderParameters & { place?: unknown };
  try {
    header = decodeProtectedHeader(sealed);
  } catch {
    throw refusal('VAULT_VALUE_DAMAGED', 'is damaged', binding);
  }
  if (typeof header.kid !== 'string') throw refusal('VAULT_VALUE_DAMAGED', 'names no key', binding);
  const key = keyFor(header.kid, binding);
  let plaintext: Uint8Array;
  try {
    const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
    ({ plaintext } = await compactDecrypt(sealed, key, options));
  } catch {
    throw refusal('VAULT_VALUE_DAMAGED', 'is damaged', binding);
  }
  if (header.place !== placeOf(binding)) {
    throw refusal('VAULT_BINDING_MISMATCH', 'was sealed for another row or column', binding);
  }
  return Buffer.from(plaintext).toString('utf8');
}

function placeOf({ table, column, rowId }: SealBinding): string {
  return `${table}.${column}.${rowId}`;
}

function keyFor(kid: string, binding: SealBinding): Uint8Array {
  const key = keyRing().key(kid);
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
