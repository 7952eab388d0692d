import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';
import { stopDatabase } from '@/db/start';
import { registry } from '@/lib/registry';

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
  // As at a stop of the portal: what is on its way is written, and nothing of it reaches the next file's database.
  const { unfinished, closers } = registry();
  await Promise.all(unfinished);
  for (const close of closers.toReversed()) await close();
  await stopDatabase();
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
  rmSync(dataFolder, { recursive: true, force: true });
});
