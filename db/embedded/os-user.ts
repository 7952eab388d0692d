import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

/** The user that PostgreSQL runs as when Orgdock runs as root; null: the same user. */
export interface OsUser {
  uid: number;
  gid: number;
}

/** PostgreSQL gets no setting of ours: no secret of the portal is in its environment. */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
};

/**
 * PostgreSQL refuses to run as root. As root, it runs as the owner of the existing cluster, else as the
 * system user `postgres`, which is made when the machine has none. Throws MISCONFIGURED.
 */
export function chooseOsUser(cluster: string): OsUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp('postgres') ?? makePostgresUser();
}

/** Runs a program as that user and waits for it. */
export function runAs(user: OsUser | null, program: string, args: string[]): SpawnSyncReturns<string> {
  return spawnSync(program, args, { ...user, cwd: '/', env: SERVER_ENV, encoding: 'utf8' });
}

/** Whether that user can enter a folder: every folder above counts, too. */
export function canEnter(user: OsUser | null, folder: string): boolean {
  return runAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]).status === 0;
}

function lookUp(name: string): OsUser | null {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function makePostgresUser(): OsUser {
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'];
  const made = spawnSync('useradd', args, { encoding: 'utf8' });
  const user = lookUp('postgres');
  if (!user) {
    throw new AppError(
      'MISCONFIGURED',
      'PostgreSQL does not run as root, and a system user "postgres" could not be made.',
      {
        nextStep:
          'Run Orgdock as a normal user, make a user "postgres", or set DATABASE_URL to a server of yours.',
        details: { useradd: made.stderr ?? String(made.error) },
      },
    );
  }
  log().info({ uid: user.uid }, 'made the system user "postgres" for the embedded database');
  return user;
}
