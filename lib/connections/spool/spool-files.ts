import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';

const ENDING = '.answer';

/** Where answers wait: below the data folder of this process, which others may share. */
export function spoolFolder(): string {
  return path.join(path.resolve(env().ORGDOCK_DATA_DIR), 'spool');
}

/** A file of the spool by the attempt it belongs to. */
export interface SpoolFile {
  attemptId: string;
  writtenAt: Date;
}

/** Writes a file so that it is there, whole, after a power cut: fsync of file and folder around a rename. */
export async function writeSpoolFile(attemptId: string, text: string): Promise<void> {
  await mkdir(spoolFolder(), { recursive: true, mode: 0o700 });
  const temporary = path.join(spoolFolder(), `.${attemptId}`);
  try {
    await writeSynced(temporary, text);
    await rename(temporary, fileOf(attemptId));
  } catch (error) {
    // Half a file would stay for ever, on a disk that is full.
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder();
}

async function syncFolder(): Promise<void> {
  const folder = await open(spoolFolder(), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The text of a file; null when somebody else has removed it. */
export async function readSpoolFile(attemptId: string): Promise<string | null> {
  return await readFile(fileOf(attemptId), 'utf8').catch(nullIfGone);
}

/** Removes a file; one that is gone is no error. */
export async function removeSpoolFile(attemptId: string): Promise<void> {
  await unlink(fileOf(attemptId)).catch(nullIfGone);
}

/** Removes a file so that it does not come back with a power cut. Throws when that is not certain. */
export async function removeSpoolFileForGood(attemptId: string): Promise<void> {
  await removeSpoolFile(attemptId);
  await syncFolder().catch(nullIfGone);
}

/** The files that wait, oldest first. A folder that was never made holds none. */
export async function listSpoolFiles(): Promise<SpoolFile[]> {
  const names = (await readdir(spoolFolder()).catch(nullIfGone)) ?? [];
  const attempts = names.filter((name) => name.endsWith(ENDING) && !name.startsWith('.'));
  const files = await Promise.all(attempts.map((name) => factsOf(name.slice(0, -ENDING.length))));
  return files.filter((file) => file !== null).sort((a, b) => a.writtenAt.getTime() - b.writtenAt.getTime());
}

/** Resolves when the spool can be written; else throws what the file system says. */
export async function assertSpoolWritable(): Promise<void> {
  await mkdir(spoolFolder(), { recursive: true, mode: 0o700 });
  await access(spoolFolder(), constants.W_OK | constants.X_OK);
}

async function factsOf(attemptId: string): Promise<SpoolFile | null> {
  const facts = await stat(fileOf(attemptId)).catch(nullIfGone);
  return facts && { attemptId, writtenAt: facts.mtime };
}

function fileOf(attemptId: string): string {
  return path.join(spoolFolder(), `${attemptId}${ENDING}`);
}

function nullIfGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
