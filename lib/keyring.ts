import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { processWide } from '@/lib/registry';

const KEY_BYTES = 32;

/** The keys that seal secrets: one active, the others kept so that older values still open. */
export interface KeyRing {
  readonly activeKid: string;
  /** 32 bytes, or null when the ring does not hold this key. */
  key(kid: string): Uint8Array | null;
  /** HKDF-SHA256 of the ring's first key, so that every replica derives the same value. `length` in bytes. */
  derive(info: string, length: number): Buffer;
}

const ringSchema = z.strictObject({
  active: z.string(),
  keys: z.record(
    z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
    z.strictObject({ value: z.string().regex(/^[A-Za-z0-9_-]+=*$/) }),
  ),
});

/** The key ring of this process, read once. Throws MISCONFIGURED on an absent, unreadable or weak one. */
export function keyRing(): KeyRing {
  return processWide('keyring', () => {
    const { ORGDOCK_KEYRING: setting, DATABASE_URL: databaseUrl, ORGDOCK_DATA_DIR: dataDir } = env();
    if (setting?.startsWith('{')) return parseKeyRing(setting, 'ORGDOCK_KEYRING');
    if (setting) return parseKeyRing(readRing(setting), setting);
    if (databaseUrl) {
      throw new AppError(
        'MISCONFIGURED',
        'DATABASE_URL is set, but there is no key ring to seal secrets with.',
        {
          nextStep:
            'Set ORGDOCK_KEYRING to the JSON of a key ring or to the path of its file. See .env.example.',
        },
      );
    }
    const path = join(resolve(dataDir), 'keyring.json');
    if (!existsSync(path)) makeRing(path);
    return parseKeyRing(readRing(path), path);
  });
}

/** Reads a key ring from its JSON. `origin` names it in errors. Throws MISCONFIGURED. */
export function parseKeyRing(json: string, origin: string): KeyRing {
  const refuse = (why: string) =>
    new AppError('MISCONFIGURED', `The key ring in ${origin} ${why}.`, {
      nextStep: 'Restore the key ring from its backup. Without it, sealed secrets cannot be opened.',
    });
  let parsed: z.infer<typeof ringSchema>;
  try {
    parsed = ringSchema.parse(JSON.parse(json));
  } catch {
    // The parser's own words may quote key material, so they are dropped.
    throw refuse('is not of the form {"active": kid, "keys": {kid: {"value": base64url of 32 bytes}}}');
  }
  const keys = new Map<string, Uint8Array>();
  for (const [kid, { value }] of Object.entries(parsed.keys)) {
    const bytes = Buffer.from(value, 'base64url');
    if (bytes.length !== KEY_BYTES)
      throw refuse(`holds a key '${kid}' of ${bytes.length} bytes instead of 32`);
    if (isWeak(bytes)) throw refuse(`holds a key '${kid}' that is not random`);
    keys.set(kid, new Uint8Array(bytes));
  }
  if (!keys.has(parsed.active)) throw refuse(`names '${parsed.active}' as active, but does not hold it`);
  const [first] = keys.values();
  const root = first ?? new Uint8Array(0);
  return {
    activeKid: parsed.active,
    key: (kid) => keys.get(kid) ?? null,
    derive: (info, length) => Buffer.from(hkdfSync('sha256', root, 'orgdock', info, length)),
  };
}

/** Passphrases, repeats and sequences; a random key fails these tests less than once in 10^13. */
function isWeak(bytes: Buffer): boolean {
  const isText = bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
  const steps = new Set(bytes.subarray(1).map((byte, index) => (byte - (bytes[index] ?? 0)) & 0xff));
  return isText || new Set(bytes).size < 16 || steps.size < 8;
}

function readRing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('MISCONFIGURED', `The key ring ${path} cannot be read.`, {
      nextStep: 'Check ORGDOCK_KEYRING, and that the file may be read by the user that runs Orgdock.',
      cause,
    });
  }
}

/** Makes the embedded mode's ring; of two processes that start at once, one wins. */
function makeRing(path: string): void {
  // A random name, so that a value sealed under a lost ring is seen as "unknown key", not as damaged.
  const kid = `k${randomBytes(4).toString('hex')}`;
  const ring = { active: kid, keys: { [kid]: { value: randomBytes(KEY_BYTES).toString('base64url') } } };
  const temporary = `${path}.${process.pid}.${kid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, `${JSON.stringify(ring)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(temporary, path);
    } finally {
      unlinkSync(temporary);
    }
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new AppError('MISCONFIGURED', `The key ring ${path} cannot be written.`, {
      nextStep: 'Make the data folder (ORGDOCK_DATA_DIR) writable, or set ORGDOCK_KEYRING.',
      cause,
    });
  }
}
