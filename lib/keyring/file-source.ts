import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@/lib/errors';
import type { KeySource } from '@/lib/keyring/types';

/** The ring in a file, which commands change while portals serve from it. */
export function fileSource(path: string): KeySource {
  const load = () => readRingFile(path);
  const store = (before: string, after: string) => {
    if (load() !== before) {
      throw new AppError('CONFLICT', `The key ring ${path} was changed by somebody else meanwhile.`, {
        nextStep: 'Look at it, and give the command again.',
      });
    }
    writing(path, () => replaceFile(path, after));
  };
  return { origin: path, load, revision: () => revisionOf(path), store };
}

/** Writes a new ring, for its owner only; of two processes that do so at once, one wins. Throws MISCONFIGURED. */
export function createRingFile(path: string, json: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = writeBeside(path, json, null);
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary);
    }
    syncFolder(path);
  });
}

function readRingFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('MISCONFIGURED', `The key ring ${path} cannot be read.`, {
      nextStep: 'Check ORGDOCK_KEYRING, and that the file may be read by the user that runs Orgdock.',
      cause,
    });
  }
}

function revisionOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino}/${size}/${mtimeNs}`;
  } catch {
    return 'unreadable';
  }
}

/** A mounted secret is a symbolic link: what it points to is replaced. Owner and mode stay as they were. */
function replaceFile(path: string, json: string): void {
  const target = realpathSync(path);
  const temporary = writeBeside(target, json, statSync(target));
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary);
    throw error;
  }
  syncFolder(target);
}

interface FileFacts {
  uid: number;
  gid: number;
  mode: number;
}

/** A complete, durable file next to `path`; with 0600, or whose and how readable `like` is. */
function writeBeside(path: string, json: string, like: FileFacts | null): string {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, json);
    // The command may run as root: a ring that the portal cannot read any more would be a lost one.
    if (like && (like.uid !== process.getuid?.() || like.gid !== process.getgid?.()))
      fchownSync(file, like.uid, like.gid);
    if (like) fchmodSync(file, like.mode & 0o777);
    fsyncSync(file);
  } catch (error) {
    rmSync(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
  return temporary;
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function writing(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new AppError('MISCONFIGURED', `The key ring ${path} cannot be written.`, {
      nextStep:
        'Make the file and its folder writable for the user that runs this, or change the ring where it comes from.',
      cause,
    });
  }
}
