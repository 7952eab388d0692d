import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { environmentSource } from '@/lib/keyring/environment-source';
import { createRingFile, fileSource } from '@/lib/keyring/file-source';
import { KEY_BYTES } from '@/lib/keyring/ring-format.mjs';
import type { KeySource, RingContents } from '@/lib/keyring/types';

/** Where this process has its keys from. Makes the embedded mode's file on its first start. Throws MISCONFIGURED. */
export function keySource(): KeySource {
  const { ORGDOCK_KEYRING: setting, DATABASE_URL: databaseUrl, ORGDOCK_DATA_DIR: dataDir } = env();
  if (setting) return setting.startsWith('{') ? environmentSource(setting) : fileSource(setting);
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
  return fileSource(ringOfDataFolder(resolve(dataDir)));
}

/** A random key under a random name, so that a value of a lost ring is seen as "unknown key", not as damaged. */
export function freshKey(): { kid: string; value: string } {
  return {
    kid: `k${randomBytes(4).toString('hex')}`,
    value: randomBytes(KEY_BYTES).toString('base64url'),
  };
}

/** The text of a ring as Orgdock writes it. */
export function writeRing(contents: RingContents): string {
  return `${JSON.stringify(contents, null, 2)}\n`;
}

/** The ring is made before the database, so a database without a ring has lost it: a new one would open nothing. */
function ringOfDataFolder(dataDir: string): string {
  // Looked at before the ring: a start at the same moment makes the ring first, too.
  const hasDatabase = isThere(join(dataDir, 'postgres'));
  const path = join(dataDir, 'keyring.json');
  if (existsSync(path)) return path;
  if (hasDatabase) {
    throw new AppError(
      'MISCONFIGURED',
      `The key ring ${path} is missing, and there is a database beside it.`,
      {
        nextStep:
          'Restore the key ring from its backup. Without it, sealed secrets cannot be opened: to begin anew, remove the data folder.',
      },
    );
  }
  const { kid, value } = freshKey();
  createRingFile(path, writeRing({ active: kid, keys: { [kid]: { value } } }));
  return path;
}

/** A symbolic link is there, wherever it leads. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
