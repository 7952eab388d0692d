import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '@/db/embedded/server';
import { migrate } from '@/db/migrate';
import { openOwnerConnection, openPool } from '@/db/pool';
import { installQueue } from '@/db/queue/schema';
import { preparePoolRole } from '@/db/roles';

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: { serverUrl: string; template: string };
  }
}

interface Server {
  url: string;
  stop: () => Promise<void>;
}

interface Template {
  serverUrl: string;
  template: string;
  stop: () => Promise<void>;
}

/** What the projects of one run share: each runs this file anew. */
const holder = globalThis as { orgdockTemplate?: { made: Promise<Template>; users: number } };

/** One PostgreSQL for the run and one migrated template in it; every test file gets its own copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The same settings as in the tests: the portal role's password comes from the key ring.
  Object.assign(process.env, project.config.env);
  holder.orgdockTemplate ??= { made: makeTemplate(), users: 0 };
  const shared = holder.orgdockTemplate;
  shared.users += 1;
  const { serverUrl, template, stop } = await shared.made;
  project.provide('testDatabase', { serverUrl, template });
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await stop();
  };
}

async function makeTemplate(): Promise<Template> {
  const server = await startServer();
  const admin = openOwnerConnection(server.url);
  const template = `orgdock_template_${process.pid}`;
  await admin.unsafe(`CREATE DATABASE ${template}`);
  const url = new URL(server.url);
  url.pathname = `/${template}`;
  const owner = openOwnerConnection(url.href);
  await migrate(owner);
  const poolUrl = await preparePoolRole(owner, url.href);
  const pool = openPool(poolUrl);
  await installQueue(owner, pool, poolUrl);
  await pool.end();
  await owner.end();
  const stop = async () => {
    await admin.unsafe(`DROP DATABASE ${template}`);
    await admin.end();
    await server.stop();
  };
  return { serverUrl: server.url, template, stop };
}

async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const folder = await mkdtemp(path.join(tmpdir(), 'orgdock-test-'));
  // PostgreSQL may run as another user, who must reach its socket.
  await chmod(folder, 0o711);
  const sockets = path.join(folder, 'sockets');
  await mkdir(sockets);
  await chmod(sockets, 0o777);
  // Nothing here outlives the run: durability would only cost time.
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    `unix_socket_directories=${sockets}`,
  ];
  const server = await startEmbedded(path.join(folder, 'database'), { settings });
  return {
    url: throughSocket(server.url, sockets),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same server by its Unix socket: half the processor time of a round trip, and tests make very many. */
function throughSocket(url: string, folder: string): string {
  return url.replace('127.0.0.1', encodeURIComponent(folder));
}
