import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';

/** Setup of every integration test file: its own database, copied from the template, in DATABASE_URL. */
const { serverUrl, template } = inject('testDatabase');
const name = `orgdock_test_${randomUUID().replaceAll('-', '')}`;

const server = new Client({ connectionString: serverUrl });
await server.connect();
await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);

const url = new URL(serverUrl);
url.pathname = `/${name}`;
process.env.DATABASE_URL = url.href;

afterAll(async () => {
  const { stopDatabase } = await import('@/db/start');
  await stopDatabase();
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
});
