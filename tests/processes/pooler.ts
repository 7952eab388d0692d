import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { chooseOsUser } from '@/db/embedded/os-user';
import { freePort } from '@/tests/free-port';

/** PgBouncer's default, and half of what four portal processes open. */
export const SERVER_CONNECTIONS = 20;

/** A PgBouncer of its own in transaction mode before a database, as docs/operations.md describes it. */
export class Pooler {
  #child: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    /** The database through the pooler, as the same user. */
    readonly url: string,
  ) {}

  static async start(folder: string, databaseUrl: string): Promise<Pooler> {
    const direct = new URL(databaseUrl);
    const pooled = new URL(databaseUrl);
    pooled.port = String(await freePort());
    mkdirSync(folder);
    const { username, password, hostname, port } = direct;
    writeFileSync(path.join(folder, 'users.txt'), `"${username}" "${decodeURIComponent(password)}"\n`);
    writeFileSync(
      path.join(folder, 'pgbouncer.ini'),
      `[databases]
* = host=${hostname} port=${port} auth_user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${pooled.port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 200
auth_type = scram-sha-256
auth_file = ${folder}/users.txt
auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename = $1
admin_users = ${username}
server_login_retry = 1
query_wait_timeout = 10
`,
    );
    const pooler = new Pooler(folder, pooled.href);
    await pooler.run();
    return pooler;
  }

  /** It refuses to run as root, as PostgreSQL does. */
  async run(): Promise<void> {
    const user = chooseOsUser(path.join(this.folder, 'none'));
    if (user) {
      for (const name of ['', 'users.txt', 'pgbouncer.ini']) {
        chownSync(path.join(this.folder, name), user.uid, user.gid);
      }
      chmodSync(path.dirname(this.folder), 0o711);
    }
    const args = [path.join(this.folder, 'pgbouncer.ini')];
    const child = spawn(process.env.PGBOUNCER_PATH ?? 'pgbouncer', args, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        log += chunk;
        if (log.includes('process up')) resolve();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`PgBouncer ended:\n${log}`)));
    });
  }

  /** Cuts every connection at once. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** What it says of the pool of a user: clients, connections to the server, mode. */
  async pool(user: string): Promise<Record<string, string> | undefined> {
    const url = new URL(this.url);
    url.pathname = '/pgbouncer';
    const console_ = new Client({ connectionString: url.href, ssl: false });
    await console_.connect();
    try {
      const { rows } = await console_.query<Record<string, string>>('SHOW POOLS');
      return rows.find((row) => row.user === user);
    } finally {
      await console_.end();
    }
  }
}
