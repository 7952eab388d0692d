import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desc, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connectionSecrets, connections } from '@/db/schema';
import { removeSpoolFile, writeSpoolFile } from '@/lib/connections/spool/spool-files';
import { activateKey, addKey, exportKeyRing, retireKey } from '@/lib/custody/key-ring/commands';
import { resealAll } from '@/lib/custody/key-ring/reseal-all';
import { keyRing } from '@/lib/keyring';
import type { RingContents } from '@/lib/keyring/types';
import { registry } from '@/lib/registry';
import type { RunInSystem } from '@/lib/vault/sealed-values';
import { systemContext } from '@/tests/factories';
import { makeSecrets, ringJson, useKeyring, useRingFile } from '@/tests/key-ring';

const run: RunInSystem = (work) => withSystem('test', work);
const ctx = systemContext();
const add = (activate: boolean) => run((tx) => addKey(tx, ctx, { activate }));
const retire = (kid: string) => run((tx) => retireKey(tx, ctx, kid));

let folder: string;
let path: string;

const inFile = () => JSON.parse(readFileSync(path, 'utf8')) as RingContents;

async function lastAudit() {
  const [row] = await run((tx) => tx.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1));
  return row;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orgdock-ring-'));
  path = join(folder, 'ring.json');
  useRingFile(path, 'k1', ['k1']);
  await run((tx) => tx.delete(connectionSecrets));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a new key', () => {
  it('is active at once, with the older ones and their order kept', async () => {
    const kid = await add(true);
    expect(Object.keys(inFile().keys)).toEqual(['test', 'k1', kid]);
    expect(inFile().active).toBe(kid);
    expect(keyRing().activeKid).toBe(kid);
    expect(await lastAudit()).toMatchObject({
      action: 'keyring.add_key',
      subjectType: 'keyring',
      subjectId: kid,
      details: { origin: path, active: true },
    });
  });

  it('may wait until every replica has it', async () => {
    const kid = await add(false);
    expect(inFile()).toMatchObject({ active: 'k1', keys: { [kid]: {} } });
    await run((tx) => activateKey(tx, ctx, kid));
    expect(inFile().active).toBe(kid);
    expect(await lastAudit()).toMatchObject({
      action: 'keyring.activate',
      subjectId: kid,
      details: { before: 'k1' },
    });
  });

  it('waits for a command of another process that is changing the ring', async () => {
    const { first, second } = await run(async (tx) => {
      const kid = await addKey(tx, ctx, { activate: true });
      const after = inFile();
      const waiting = add(true);
      await vi.waitFor(async () => {
        const { rows } = await tx.execute<{ waiting: number }>(
          sql`SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        expect(rows[0]?.waiting).toBeGreaterThan(0);
      });
      expect(inFile()).toEqual(after);
      return { first: kid, second: { kid: waiting } };
    });
    const kid = await second.kid;
    expect(Object.keys(inFile().keys)).toEqual(['test', 'k1', first, kid]);
  });

  it('changes nothing that is derived', async () => {
    const before = keyRing().derive('orgdock database role orgdock_portal', 32);
    await add(true);
    expect(keyRing().derive('orgdock database role orgdock_portal', 32)).toEqual(before);
  });

  it('is not made in a ring that is set elsewhere, and leaves no audit row', async () => {
    const before = await lastAudit();
    useKeyring(ringJson('k1'));
    await expect(add(true)).rejects.toMatchObject({ code: 'MISCONFIGURED' });
    expect(await lastAudit()).toEqual(before);
  });

  it('must be in the ring to become active', async () => {
    await expect(run((tx) => activateKey(tx, ctx, 'k9'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(inFile().active).toBe('k1');
  });
});

describe('retiring a key', () => {
  it('is refused while values are sealed with it, and done when none is', async () => {
    await makeSecrets(2);
    await add(true);
    await expect(retire('k1')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: "The key 'k1' stays: 4 stored values are sealed with it.",
    });
    expect(inFile().keys).toHaveProperty('k1');
    await resealAll(ctx, { run, onProgress: () => undefined });
    await retire('k1');
    expect(inFile().keys).not.toHaveProperty('k1');
    expect(keyRing().key('k1')).toBeNull();
    expect(await lastAudit()).toMatchObject({ action: 'keyring.retire', subjectId: 'k1' });
  });

  it.each([
    ['the active one', 'k1', 'CONFLICT', /it is the active one/],
    ['the first one', 'test', 'CONFLICT', /it is the first one, from which/],
    ['one that is not there', 'k9', 'NOT_FOUND', /holds no key 'k9'/],
  ])('is refused for %s', async (_, kid, code, message) => {
    await expect(retire(kid)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(Object.keys(inFile().keys)).toEqual(['test', 'k1']);
  });

  it.each(['refreshing', 'uncertain', 'disconnecting'] as const)(
    'is refused while a connection is %s: its answer may be sealed with it',
    async (state) => {
      const [id = ''] = await makeSecrets(1);
      await add(true);
      await resealAll(ctx, { run, onProgress: () => undefined });
      const set = (to: 'idle' | typeof state) =>
        run((tx) => tx.update(connections).set({ state: to }).where(eq(connections.id, id)));
      await set(state);
      await expect(retire('k1')).rejects.toMatchObject({
        message: expect.stringContaining('1 connections wait'),
      });
      await set('idle');
      await retire('k1');
      expect(inFile().keys).not.toHaveProperty('k1');
    },
  );
});

describe('an answer of Salesforce in the spool', () => {
  it('keeps the older keys in the ring until it has landed', async () => {
    await add(true);
    vi.stubEnv('ORGDOCK_DATA_DIR', join(folder, 'data'));
    registry().slots.delete('env');
    const attemptId = randomUUID();
    await writeSpoolFile(attemptId, '{}');
    await expect(retire('k1')).rejects.toMatchObject({
      message: expect.stringContaining('1 answers of Salesforce wait in the spool'),
      nextStep: expect.stringContaining('admin -- spool'),
    });
    expect(inFile().keys).toHaveProperty('k1');
    await removeSpoolFile(attemptId);
    await retire('k1');
    expect(inFile().keys).not.toHaveProperty('k1');
  });
});

describe('an export of the key ring', () => {
  it('is the whole ring, and audited without a key in it', async () => {
    const json = await run((tx) => exportKeyRing(tx, ctx, '/safe/ring.json'));
    expect(JSON.parse(json)).toEqual(inFile());
    const row = await lastAudit();
    expect(row).toMatchObject({
      action: 'keyring.export',
      details: { origin: path, kids: ['test', 'k1'], to: '/safe/ring.json' },
    });
    for (const { value } of Object.values(inFile().keys)) expect(JSON.stringify(row)).not.toContain(value);
  });
});
