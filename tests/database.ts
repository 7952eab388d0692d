import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';

/** Setup of every integration test file: its own database, copied from the template, and its own data folder. */
const { serverUrl, template } = inject('testDatabase');
const name = `orgdock_test_${randomUUID().replaceAll('-', '')}`;

const server = new Client({ connectionString: serverUrl });
await server.connect();
await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);

const url = new URL(serverUrl);
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.href;

const dataFolder = mkdtempSync(path.join(tmpdir(), 'orgdock-test-data-'));
process.env.ORGDOCK_DATA_DIR = dataFolder;

afterAll(async () => {
  const { stopDatabase } = await import('@/db/start');
  await stopDatabase();
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
  rmSync(dataFolder, { recursive: true, force: true });
});
