import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { sweepAuditRetention } from '@/lib/audit/chain/retention';
import { verifyChain } from '@/lib/audit/chain/verify';
import { acts, emptyAuditLog, sealAll, sealedSubjects } from '@/tests/audit-chain';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext } from '@/tests/factories';

const DAY_MS = 24 * 3_600_000;

beforeEach(emptyAuditLog);

const keepDays = (days: number | null) =>
  withSystem('test', (tx) => tx.execute(sql`UPDATE orgdock.portal SET audit_retention_days = ${days}`));

/** Four sealed rows of 40 days ago, and two of today. */
async function oldAndNew() {
  await asOwner((owner) => owner.unsafe('SELECT 1'));
  await shiftDatabaseClock(-40 * DAY_MS);
  await acts(4);
  await sealAll();
  await shiftDatabaseClock(0);
  const young = await acts(2);
  await sealAll();
  return young;
}

describe('retention', () => {
  it('removes the sealed rows that are old enough, and the chain still verifies over its checkpoint', async () => {
    const young = await oldAndNew();
    await keepDays(30);
    expect(await sweepAuditRetention()).toBe(4);
    expect(await sealedSubjects()).toEqual(young);
    await sealAll();
    expect(await verifyChain()).toMatchObject({ removed: 4, verified: 3, waiting: 0, fault: null });
    const { rows } = await withSystem('test', (tx) =>
      tx.execute(sql`SELECT details FROM orgdock.audit_log WHERE action = 'audit.remove_old'`),
    );
    expect(rows).toEqual([
      { details: { days: 30, removed: 4, throughPosition: 4, systemReason: 'audit retention' } },
    ]);
    expect(await sweepAuditRetention()).toBe(0);
  });

  it('keeps everything where nothing else is set', async () => {
    await oldAndNew();
    await keepDays(null);
    expect(await sweepAuditRetention()).toBe(0);
    expect(await sealedSubjects()).toHaveLength(6);
  });

  it('always keeps the newest link', async () => {
    await shiftDatabaseClock(-40 * DAY_MS);
    const subjects = await acts(3);
    await sealAll();
    await shiftDatabaseClock(0);
    await keepDays(30);
    expect(await sweepAuditRetention()).toBe(2);
    expect(await sealedSubjects()).toEqual(subjects.slice(2));
  });

  it('finds a checkpoint that says less than was removed', async () => {
    await oldAndNew();
    await keepDays(30);
    await sweepAuditRetention();
    await asOwner((owner) =>
      owner.unsafe(`UPDATE orgdock.audit_checkpoints SET removed_rows = 3 WHERE kind = 'retention'`),
    );
    expect((await verifyChain()).fault).toMatchObject({ kind: 'checkpoint', position: 4 });
  });

  it('cannot be made to remove younger rows, rows behind none, or any without a link', async () => {
    await oldAndNew();
    const link = async (position: number) => {
      const { rows } = await withSystem('test', (tx) =>
        tx.execute<{ hash: string }>(sql`SELECT hash FROM orgdock.audit_seals WHERE position = ${position}`),
      );
      return rows[0]?.hash ?? '';
    };
    const remove = (position: number, hash: string) =>
      withSystem('test', (tx) =>
        tx.execute(sql`SELECT orgdock.remove_sealed_audit(${position}, ${hash}, 'signed')`),
      );
    await expect(remove(4, await link(4))).rejects.toThrow();
    // The setting of fewer days than 30 counts as 30.
    await keepDays(1);
    await expect(remove(5, await link(5))).rejects.toThrow();
    await expect(remove(4, 'x')).rejects.toThrow();
    await expect(remove(99, await link(4))).rejects.toThrow();
    expect(await sealedSubjects()).toHaveLength(6);
    expect(await verifyChain()).toMatchObject({ verified: 6, fault: null });
  });
});

describe('the portal’s role', () => {
  it.each(['audit_log', 'audit_seals', 'audit_checkpoints'])(
    'cannot change or delete rows of %s',
    async (table) => {
      await acts(1);
      await sealAll();
      const attempts = [
        `UPDATE orgdock.${table} SET ${table === 'audit_log' ? 'ip' : 'hash'} = 'x'`,
        `DELETE FROM orgdock.${table}`,
        `TRUNCATE orgdock.${table}`,
      ];
      for (const text of attempts) {
        await expect(
          withSystem('test', (tx) => tx.execute(sql.raw(text))),
          text,
        ).rejects.toMatchObject({ code: '42501' });
      }
    },
  );

  it.each(['member', 'admin', 'auditor'] as const)(
    'writes no seal and no checkpoint as a person: %s',
    async (role) => {
      const ctx = await makeContext(role);
      for (const text of [
        `INSERT INTO orgdock.audit_seals (position, audit_id, hash) VALUES (1, 1, 'x')`,
        `INSERT INTO orgdock.audit_checkpoints (kind, position, hash, signature) VALUES ('head', 1, 'x', 'x')`,
      ]) {
        await expect(withActor(ctx, (tx) => tx.execute(sql.raw(text)))).rejects.toMatchObject({
          code: '42501',
        });
      }
    },
  );
});
