import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { asc, eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { auditLog, connections, sessions } from '@/db/schema';
import { stopDatabase } from '@/db/start';
import { verifyChain } from '@/lib/audit/chain/verify';
import { registry } from '@/lib/registry';
import { sealAll } from '../audit-chain';
import { asOwner } from '../database-owner';
import { makeConnection, makeContext, makeEnvironment } from '../factories';
import { bundled } from './bundled';
import type { AuditMessage } from './fixtures/audit-process';
import { crashDatabase } from './grants/database-faults';
import { makeFolder } from './portal-process';

const SEED = 20_260_301;
const folder = makeFolder();
let server: EmbeddedServer;
let personId: string;
let connectionId: string;

beforeAll(async () => {
  server = await startEmbedded(path.join(folder.path, 'database'), { settings: ['max_connections=200'] });
  Object.assign(process.env, { DATABASE_URL: server.url, ORGDOCK_DATA_DIR: path.join(folder.path, 'test') });
  registry().slots.delete('env');
  personId = (await makeContext('admin')).personId;
  const environment = await makeEnvironment();
  const robot = { name: 'Robot', flow: 'client_credentials' as const };
  connectionId = (await makeConnection({ ownerId: null, environmentId: environment.id }, robot)).id;
});
afterAll(async () => {
  await stopDatabase();
  await server.stop();
  folder.remove();
});

async function startActs(): Promise<ChildProcess> {
  const child = fork(bundled('audit-process'), [], {
    env: { ...process.env, LOG_LEVEL: 'silent', AUDIT_ACTS: JSON.stringify({ personId, connectionId }) },
  });
  await until(child, (message) => 'ready' in message);
  return child;
}

/** Resolves when the child has said what is waited for; rejects when it ends before. */
function until(child: ChildProcess, is: (message: AuditMessage) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the process ended by itself'));
    const listen = (message: unknown) => {
      if (!is(message as AuditMessage)) return;
      child.off('message', listen);
      child.off('exit', ended);
      resolve();
    };
    child.on('message', listen);
    child.once('exit', ended);
  });
}

const more = (child: ChildProcess, key: 'acts' | 'outages', count: number) => {
  let seen = 0;
  return until(child, (message) => {
    if (key in message) seen += 1;
    return seen >= count;
  });
};

/** Ends every session of the portal in the middle of what it does; `limit` 0 lets none in again. */
async function cutDatabase(limit: number): Promise<void> {
  await asOwner(async (owner) => {
    const [row] = await owner<Array<{ name: string }>>`SELECT current_database() AS name`;
    await owner.unsafe(`ALTER DATABASE ${row?.name} CONNECTION LIMIT ${limit}`);
    await owner`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'orgdock portal'`;
  });
}

const databaseAnswers = () =>
  asOwner((owner) => owner`SELECT 1`).then(
    () => true,
    () => false,
  );

/** What happens to two processes, after how many of their acts. */
const moment = fc.record({
  acts: fc.integer({ min: 1, max: 60 }),
  what: fc.constantFrom('kill', 'cut', 'outage', 'crash', 'kill'),
});

describe('audited acts of processes that are killed, on a database that fails', () => {
  it('have a row each, no row is without its act, and the chain holds', async () => {
    const moments = fc.sample(moment, { seed: SEED, numRuns: 12 });
    expect(new Set(moments.map(({ what }) => what)).size).toBe(4);
    let children = [await startActs(), await startActs()] as [ChildProcess, ChildProcess];
    for (const { acts, what } of moments) {
      const [first, second] = children;
      await more(first, 'acts', acts);
      if (what === 'cut') await cutDatabase(-1);
      if (what === 'outage') {
        const noticed = more(second, 'outages', 2);
        await cutDatabase(0);
        await noticed;
        await cutDatabase(-1);
      }
      if (what === 'crash') {
        const noticed = more(second, 'outages', 1);
        await crashDatabase(path.join(folder.path, 'database'));
        await noticed;
        await vi.waitUntil(databaseAnswers, { timeout: 60_000 });
      }
      if (what === 'kill') {
        first.kill('SIGKILL');
        await once(first, 'exit');
        children = [second, await startActs()];
      }
    }
    for (const child of children) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }

    await sealAll();
    const report = await verifyChain();
    expect(report).toMatchObject({ waiting: 0, fault: null });
    const { opened, ended, name, rows } = await readEverything();
    expect(opened.length).toBeGreaterThan(60);
    const subjectsOf = (...actions: string[]) =>
      rows.filter(({ action }) => actions.includes(action)).map(({ subjectId }) => subjectId);
    expect(subjectsOf('session.sign_in').sort()).toEqual(opened.sort());
    expect(subjectsOf('session.sign_out').sort()).toEqual(ended.sort());

    const renames = rows.filter(({ action }) => action === 'service_connection.rename');
    expect(renames.length).toBeGreaterThan(20);
    // Each began with what the one before it had left: none is missing, and none is too many.
    const names = renames.map(({ details }) => details as { before: string; after: string });
    expect(names.map(({ before }) => before)).toEqual(
      ['Robot', ...names.map(({ after }) => after)].slice(0, -1),
    );
    expect(name).toBe(names.at(-1)?.after);

    await asOwner(
      (owner) => owner`UPDATE orgdock.audit_log SET ip = 'x' WHERE id = ${Math.floor(report.verified / 2)}`,
    );
    expect((await verifyChain()).fault).toMatchObject({ kind: 'changed' });
  });
});

async function readEverything() {
  return await withSystem('test', async (tx) => {
    const mine = await tx.select().from(sessions).where(eq(sessions.signedInVia, 'test'));
    const acted = mine.filter(({ ip }) => ip === '192.0.2.1');
    const [connection] = await tx.select().from(connections).where(eq(connections.id, connectionId));
    const rows = await tx
      .select()
      .from(auditLog)
      .where(inArray(auditLog.action, ['session.sign_in', 'session.sign_out', 'service_connection.rename']))
      .orderBy(asc(auditLog.id));
    return {
      opened: acted.map(({ id }) => id),
      ended: acted.filter(({ endedAt }) => endedAt !== null).map(({ id }) => id),
      name: connection?.name,
      rows,
    };
  });
}
