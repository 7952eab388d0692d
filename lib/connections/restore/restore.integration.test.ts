import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, environments, portal } from '@/db/schema';
import { requireConnection } from '@/lib/connections/queries';
import { beat, checkDatabaseAtStart } from '@/lib/connections/restore/check-at-start';
import { readDatabaseIdentity } from '@/lib/connections/restore/database-identity';
import { rememberHeartbeat } from '@/lib/connections/restore/heartbeat';
import { markRestored } from '@/lib/connections/restore/mark-restored';
import { env } from '@/lib/env';
import { backedUp } from '@/tests/backed-up';
import { callThrough, forgetMemory, makeConnected, readStored, setPolicy, settled } from '@/tests/connected';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import { systemContext } from '@/tests/factories';
import { startTokenEndpoint } from '@/tests/token-endpoint';

const watermarks = () => path.join(env().ORGDOCK_DATA_DIR, 'watermarks');

beforeEach(async () => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
  await rm(watermarks(), { recursive: true, force: true });
});

describe('a database that was restored under a portal', () => {
  it('is noticed by the process that has seen a later generation, and no consumed token is sent', async () => {
    const { endpoint, id, source, restore, ctx } = await backedUp();
    await restore();
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_RESTORED' });
    expect(endpoint).toMatchObject({ refreshes: 2, introspectedConsumed: 1, violations: [] });
    expect(await requireConnection(ctx, id)).toMatchObject({
      health: 'needs_reconnect',
      problem: { code: 'GRANT_RESTORED', message: expect.stringContaining('restored from a backup') },
    });
  });

  it('is noticed by another process through its data folder', async () => {
    const { endpoint, id, source, restore } = await backedUp();
    await restore();
    expect(await readFile(path.join(watermarks(), id), 'utf8')).toBe('3\n');
    forgetMemory();
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_RESTORED' });
    expect(endpoint.violations).toEqual([]);
  });

  it('makes every other connection verified, too, and says so in the audit log', async () => {
    const { endpoint, source, restore } = await backedUp();
    const other = await makeConnected(endpoint);
    await restore();
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_RESTORED' });
    await settled();
    expect((await readStored(other.connection.id)).row.verifyFirst).toBe('generation');
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, other.source)).toBe(true);
    const { row, attempts } = await readStored(other.connection.id);
    expect(row).toMatchObject({ verifyFirst: null, generation: 2 });
    expect(attempts.map(({ purpose, trigger, outcome }) => [purpose, trigger, outcome])).toEqual([
      ['refresh', 'expired', 'landed'],
      ['introspect', 'verify', 'active'],
    ]);
    const rows = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, 'portal.restored')),
    );
    expect(rows.at(-1)).toMatchObject({ details: { reason: 'generation' } });
  });

  it('goes on with a grant whose token does not rotate, above every generation that was seen', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    endpoint.faults.push('keep-refresh-token');
    await callThrough(endpoint, source);
    await withSystem('test', (tx) =>
      tx.update(connections).set({ generation: 1 }).where(eq(connections.id, connection.id)),
    );
    endpoint.expireAccessTokens();
    endpoint.faults.push('keep-refresh-token');
    expect(await callThrough(endpoint, source)).toBe(true);
    expect((await readStored(connection.id)).row).toMatchObject({ generation: 3, verifyFirst: null });
  });

  it('knows the database by cluster, history, database and table', async () => {
    const identity = await withSystem('test', readDatabaseIdentity);
    const [facts] = await asOwner(
      (sql) => sql<Array<Record<'cluster' | 'database' | 'relation', string>>>`
        SELECT system_identifier::text AS cluster,
               (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
               (SELECT oid::text FROM pg_class WHERE oid = 'orgdock.connections'::regclass) AS relation
          FROM pg_control_system()`,
    );
    const [cluster, history, ...rest] = identity.split('/');
    expect([cluster, ...rest]).toEqual([facts?.cluster, facts?.database, facts?.relation]);
    expect(history).toMatch(/^[0-9A-F]{8}$/);
  });

  it('waits while Salesforce cannot be asked, and sends nothing', async () => {
    const { endpoint, id, source, restore } = await backedUp();
    await restore();
    endpoint.introspectionFaults.push('http-503');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: expect.any(String) });
    await settled();
    expect((await readStored(id)).row).toMatchObject({ state: 'idle', verifyFirst: 'generation' });
    expect([endpoint.refreshes, endpoint.violations]).toEqual([2, []]);
  });

  it.each([
    ['reconnect', 0],
    ['one_try', 1],
  ] as const)(
    'leaves it to the operator where introspection cannot tell: %s',
    async (uncertainPolicy, sent) => {
      const endpoint = await startTokenEndpoint();
      const { connection, environment, source } = await makeConnected(endpoint);
      await withSystem('test', async (tx) => {
        await tx
          .update(environments)
          .set({ introspection: false, uncertainPolicy })
          .where(eq(environments.id, environment.id));
        await tx.update(connections).set({ verifyFirst: 'command' }).where(eq(connections.id, connection.id));
      });
      endpoint.expireAccessTokens();
      const call = callThrough(endpoint, source).catch((error: { code: string }) => error.code);
      expect(await call).toBe(sent === 1 ? true : 'GRANT_RESTORED');
      expect(endpoint.refreshes).toBe(sent);
    },
  );
});

/** As an older copy of the database has it. */
const setHeartbeatBack = () =>
  withSystem('test', (tx) =>
    tx.update(portal).set({ heartbeatAt: sql`${portal.heartbeatAt} - interval '1 minute'` }),
  );

describe('a start', () => {
  it('verifies when its data folder knows a later heartbeat than the database', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await checkDatabaseAtStart();
    await setHeartbeatBack();
    forgetMemory();
    await checkDatabaseAtStart();
    expect((await readStored(connection.id)).row.verifyFirst).toBe('database');
  });

  it('trusts a database that was worked with a moment ago, and one that never was', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await withSystem('test', (tx) => tx.update(portal).set({ heartbeatAt: null, databaseIdentity: null }));
    await checkDatabaseAtStart();
    await checkDatabaseAtStart();
    expect((await readStored(connection.id)).row.verifyFirst).toBeNull();
  });

  it('verifies when nobody has worked with the database for long, and goes on where it cannot ask', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection, environment, source } = await makeConnected(endpoint);
    await checkDatabaseAtStart();
    await shiftDatabaseClock(16 * 60_000);
    await checkDatabaseAtStart();
    expect((await readStored(connection.id)).row.verifyFirst).toBe('heartbeat');
    await withSystem('test', (tx) =>
      tx.update(environments).set({ introspection: false }).where(eq(environments.id, environment.id)),
    );
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
  });

  it('verifies when the database is another one than the last heartbeat says', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await checkDatabaseAtStart();
    await withSystem('test', (tx) => tx.update(portal).set({ databaseIdentity: '123/00000001' }));
    await checkDatabaseAtStart();
    expect((await readStored(connection.id)).row.verifyFirst).toBe('database');
  });

  it('begins a new era of the audit log in another cluster only, with the row that says so', async () => {
    const eraOf = async () => {
      await checkDatabaseAtStart();
      return withSystem('test', async (tx) => {
        const [row] = await tx.select().from(portal);
        const rows = await tx
          .select()
          .from(auditLog)
          .where(eq(auditLog.action, 'portal.restored'))
          .orderBy(auditLog.id);
        return { era: row?.auditEra, identity: row?.databaseIdentity ?? '', restoredIn: rows.at(-1)?.era };
      });
    };
    const { era = 0, identity } = await eraOf();
    const exchange = (databaseIdentity: string) =>
      withSystem('test', (tx) => tx.update(portal).set({ databaseIdentity }));
    await exchange(`${identity.split('/')[0]}/0000FFFF`);
    expect(await eraOf()).toMatchObject({ era, restoredIn: era });
    await exchange('123/00000001');
    expect(await eraOf()).toMatchObject({ era: era + 1, restoredIn: era + 1 });
    expect(await eraOf()).toMatchObject({ era: era + 1 });
  });
});

describe('a portal that runs', () => {
  it('verifies when the database under it becomes another one, in the claim itself', async () => {
    const { endpoint, id, source } = await backedUp();
    await checkDatabaseAtStart();
    await rememberHeartbeat({ identity: '123/00000001', at: 0 });
    expect(await callThrough(endpoint, source)).toBe(true);
    await settled();
    expect(endpoint.introspections).toBe(1);
    expect((await readStored(id)).row.generation).toBe(4);
  });

  it('notices it with a heartbeat, too', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await beat();
    await rememberHeartbeat({ identity: '123/00000001', at: 0 });
    await beat();
    expect((await readStored(connection.id)).row.verifyFirst).toBe('database');
  });

  it('verifies when the last heartbeat in the database is an earlier one than it has written', async () => {
    const { endpoint, id, source } = await backedUp();
    await beat();
    await setHeartbeatBack();
    expect(await callThrough(endpoint, source)).toBe(true);
    await settled();
    expect(endpoint.introspections).toBe(1);
    await setHeartbeatBack();
    await beat();
    expect((await readStored(id)).row.verifyFirst).toBe('database');
  });

  it('does not take a clock that was put back for an older copy', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    await beat();
    await shiftDatabaseClock(-3_600_000);
    await beat();
    await beat();
    expect((await readStored(connection.id)).row.verifyFirst).toBeNull();
  });

  it('verifies when an operator says so', async () => {
    const endpoint = await startTokenEndpoint();
    const { connection } = await makeConnected(endpoint);
    expect(await markRestored(systemContext(), 'command')).toBeGreaterThan(0);
    expect((await readStored(connection.id)).row.verifyFirst).toBe('command');
  });
});
