import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { type Binaries, findBinaries, SYSTEM_FOLDER } from './binaries';
import { canEnter, chooseOsUser, type OsUser, runAs } from './os-user';

/** The superuser of the embedded server and owner of Orgdock's tables. */
export const OWNER_ROLE = 'orgdock';

/** An initialised cluster that may or may not run. */
export interface Cluster {
  /** ORGDOCK_DATA_DIR, absolute. */
  dataDir: string;
  /** PGDATA, absolute and without symbolic links. */
  directory: string;
  logFile: string;
  ownerFile: string;
  password: string;
  user: OsUser | null;
  binaries: Binaries;
}

/** The cluster under a data folder, initialised when there is none. Throws MISCONFIGURED. */
export function prepareCluster(dataDirSetting: string): Cluster {
  const dataDir = path.resolve(dataDirSetting);
  makeDataDir(dataDir);
  const link = path.join(dataDir, 'postgres');
  const exists = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
  const user = chooseOsUser(link);
  const binaries = findBinaries(user);
  const password = readOrMakePassword(path.join(dataDir, 'postgres.password'), exists);
  if (!exists) initialise(placeFor(dataDir, user), link, { binaries, password, user });
  assertUsable(link, user);
  return {
    dataDir,
    directory: realpathSync(link),
    logFile: path.join(dataDir, 'postgres.log'),
    ownerFile: path.join(dataDir, 'postgres.owner.json'),
    password,
    user,
    binaries,
  };
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    // Root passes every access check except that of a read-only file system.
    rmSync(mkdtempSync(path.join(dataDir, 'write-test-')), { recursive: true });
  } catch (cause) {
    throw new AppError('MISCONFIGURED', `The data folder ${dataDir} cannot be written.`, {
      nextStep:
        'Make it writable for the user that runs Orgdock, name another one in ORGDOCK_DATA_DIR, or set DATABASE_URL.',
      cause,
    });
  }
}

/** Made once and never changed, for one cluster; link() makes one of two starting processes win. */
function readOrMakePassword(file: string, clusterExists: boolean): string {
  if (!existsSync(file)) {
    if (clusterExists) {
      throw new AppError('MISCONFIGURED', `The password of the embedded database, ${file}, is missing.`, {
        nextStep: 'Restore the file from a backup of the data folder.',
      });
    }
    const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    writeFileSync(temporary, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    try {
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary);
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** The data folder, or a folder of the system when the database's user can't enter the data folder. */
function placeFor(dataDir: string, user: OsUser | null): string {
  if (!user || canEnter(user, dataDir)) return dataDir;
  // Ours, made with 0700: passing through shows nothing, the files in it are 0600.
  chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (canEnter(user, dataDir)) return dataDir;
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  const place = mkdtempSync(path.join(SYSTEM_FOLDER, 'data-'));
  chmodSync(place, 0o711);
  // For whoever finds the folder later and wonders whose it is.
  writeFileSync(path.join(place, 'belongs-to'), `${dataDir}\n`);
  log().warn(
    { dataDir, place },
    'only root can enter the data folder: the database files are kept elsewhere',
  );
  return place;
}

interface NewCluster {
  binaries: Binaries;
  password: string;
  user: OsUser | null;
}

/** Initialises beside the final name and renames, so that a killed start leaves no half cluster. */
function initialise(place: string, link: string, { binaries, password, user }: NewCluster): void {
  removeLeftovers(place);
  const staging = mkdtempSync(path.join(place, `initdb-${process.pid}-`));
  const passwordFile = path.join(staging, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const item of user ? [staging, passwordFile] : []) chownSync(item, user?.uid ?? 0, user?.gid ?? 0);
  const fresh = path.join(staging, 'cluster');
  const made = runAs(user, binaries.initdb, [
    `--pgdata=${fresh}`,
    `--username=${OWNER_ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]);
  try {
    if (made.status !== 0) {
      throw new AppError('MISCONFIGURED', 'The embedded database could not be initialised.', {
        nextStep: 'Look at the output, check the free space, or set DATABASE_URL to a server of yours.',
        details: { output: (made.stderr || String(made.error)).trim() },
      });
    }
    const target = path.join(place, 'postgres');
    renameSync(fresh, target);
    if (target !== link) symlinkSync(target, link);
  } catch (error) {
    // Another process that starts at the same time was faster: its cluster serves.
    if (error instanceof AppError || !existsSync(link)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** What killed starts left: older than any initdb takes. */
function removeLeftovers(place: string): void {
  for (const name of readdirSync(place)) {
    const item = path.join(place, name);
    const isOld = Date.now() - statSync(item).mtimeMs > 10 * 60_000;
    if (/^initdb-\d+-/.test(name) && isOld) rmSync(item, { recursive: true, force: true });
  }
}

function assertUsable(link: string, user: OsUser | null): void {
  if (lstatSync(link).isSymbolicLink() && !existsSync(link)) {
    throw new AppError('MISCONFIGURED', `The database files of ${link} are gone: ${readlinkSync(link)}.`, {
      nextStep: 'Restore them from a backup, or remove the link to start with an empty database.',
    });
  }
  const { uid } = statSync(link);
  const expected = user?.uid ?? process.getuid?.() ?? uid;
  if (uid === expected && canEnter(user, realpathSync(link))) return;
  throw new AppError('MISCONFIGURED', `The database files in ${link} belong to another user (uid ${uid}).`, {
    nextStep: 'Start Orgdock as that user or as root, or give the data folder to the user that runs Orgdock.',
  });
}
