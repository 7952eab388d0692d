import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import type { Sql } from '@/db/sql';
import { type DatabaseProcess, startDatabaseProcess } from './start-database';

let dataDir: string;
let server: EmbeddedServer;
let admin: Sql;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'orgdock-migrations-'));
  server = await startEmbedded(dataDir);
  admin = openOwnerConnection(server.url);
});

afterAll(async () => {
  await admin.end();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('migrations', () => {
  it('run once when four processes start together on an empty server', async () => {
    const env = { DATABASE_URL: server.url };
    const started: DatabaseProcess[] = await Promise.all(
      [1, 2, 3, 4].map(() => startDatabaseProcess({ env })),
    );
    expect(started.map((one) => one.startProblem)).toEqual([null, null, null, null]);
    for (const one of started) expect(await one.tell('role')).toBe('orgdock_portal');
    await Promise.all(started.map((one) => one.tell('stop')));

    const applied = await admin<Array<{ id: number }>>`SELECT id FROM orgdock.migrations ORDER BY id`;
    expect(applied.map((row) => row.id)).toEqual(applied.map((_, index) => index));
    expect(await admin`SELECT 1 FROM orgdock.portal`).toHaveLength(1);
  });
});
