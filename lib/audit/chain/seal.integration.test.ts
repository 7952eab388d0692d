import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { sealBatch, sealDue } from '@/lib/audit/chain/seal';
import { verifyChain } from '@/lib/audit/chain/verify';
import {
  act,
  acts,
  emptyAuditLog,
  type OpenTransaction,
  openTransaction,
  sealAll,
  sealedSubjects,
} from '@/tests/audit-chain';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';

beforeEach(emptyAuditLog);

describe('sealing', () => {
  it('links every committed row once, in the order of the transactions', async () => {
    const subjects = await acts(5);
    await sealAll();
    expect(await sealDue()).toBe(0);
    expect(await sealedSubjects()).toEqual(subjects);
    expect(await verifyChain()).toMatchObject({ sealed: 5, verified: 5, waiting: 0, fault: null });
  });

  it('waits for an older transaction that is still open, and then takes both in order', async () => {
    const older = await openTransaction();
    await older.write();
    const [newer = ''] = await acts(1);
    expect(await sealDue()).toBe(0);
    expect(await verifyChain()).toMatchObject({ sealed: 0, waiting: 1, fault: null });
    await older.end('commit');
    await sealAll();
    expect(await sealedSubjects()).toEqual([...older.subjects, newer]);
  });

  it('goes on over a transaction that was rolled back', async () => {
    const older = await openTransaction();
    await older.write();
    const [newer = ''] = await acts(1);
    await older.end('rollback');
    await sealAll();
    expect(await sealedSubjects()).toEqual([newer]);
    expect(await verifyChain()).toMatchObject({ fault: null });
  });

  it('neither misses nor reorders a row, however transactions and sealing interleave', async () => {
    const step = fc.record({
      transaction: fc.nat({ max: 4 }),
      what: fc.constantFrom('write', 'write', 'write', 'commit', 'rollback', 'seal', 'seal'),
    });
    const all: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const open = new Map<number, OpenTransaction>();
        const committed: string[] = [];
        const end = async (number: number, how: 'commit' | 'rollback') => {
          const transaction = open.get(number);
          open.delete(number);
          await transaction?.end(how);
          if (transaction && how === 'commit') committed.push(...transaction.subjects);
        };
        for (const { transaction, what } of steps) {
          if (what === 'seal') await sealDue();
          else if (what === 'write') {
            const it = open.get(transaction) ?? (await openTransaction());
            open.set(transaction, it);
            await it.write();
          } else {
            await end(transaction, what);
          }
        }
        for (const number of [...open.keys()]) await end(number, 'commit');
        await sealAll();
        all.push(...committed);
        // The order is what verification looks at: by transaction, each row once, none left out.
        expect(await verifyChain()).toMatchObject({ verified: all.length, waiting: 0, fault: null });
        expect(new Set(await sealedSubjects())).toEqual(new Set(all));
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('is done by one at a time', async () => {
    await acts(1);
    await sealAll();
    await acts(3);
    await withSystem('test', async (tx) => {
      while ((await sealBatch(tx, 2)) < 2);
      expect(await withSystem('test', (other) => sealBatch(other, 2))).toBe(0);
    });
    await Promise.all(Array.from({ length: 6 }, sealDue));
    await sealAll();
    expect(await verifyChain()).toMatchObject({ verified: 4, waiting: 0, fault: null });
  });

  it('begins a new era when the log is in another cluster, whose transaction ids begin anew', async () => {
    await acts(2);
    await sealAll();
    // As in a cluster that was far ahead of this one.
    await asOwner((owner) =>
      owner.unsafe(`INSERT INTO orgdock.audit_log (action, actor_kind, subject_type, subject_id, outcome, transaction_id)
        VALUES ('session.sign_out', 'system', 'session', 'far ahead', 'done', '9000000000'::xid8)`),
    );
    expect(await sealDue()).toBe(0);
    await withSystem('test', (tx) => tx.execute(sql`UPDATE orgdock.portal SET audit_era = 1`));
    const [after] = await acts(1);
    await sealAll();
    expect((await sealedSubjects()).slice(2)).toEqual(['far ahead', after]);
    expect(await verifyChain()).toMatchObject({ verified: 4, fault: null });
  });

  it('signs the head at most once an hour', async () => {
    const checkpoints = () =>
      withSystem('test', (tx) => tx.execute(sql`SELECT position FROM orgdock.audit_checkpoints`));
    await acts(1);
    await sealAll();
    await acts(1);
    await sealAll();
    expect((await checkpoints()).rows).toEqual([{ position: '1' }]);
    await shiftDatabaseClock(61 * 60_000);
    await acts(1);
    await sealAll();
    expect((await checkpoints()).rows).toEqual([{ position: '1' }, { position: '3' }]);
    expect(await verifyChain()).toMatchObject({ checkpoints: 2, fault: null });
  });

  it('does not depend on the time zone of the session or the database', async () => {
    await withSystem('test', async (tx) => {
      await tx.execute(sql`SET LOCAL TIME ZONE 'Pacific/Chatham'`);
      await act(tx);
    });
    await withSystem('test', async (tx) => {
      await tx.execute(sql`SET LOCAL TIME ZONE 'America/New_York'`);
      await tx.execute(sql`SET LOCAL datestyle = 'German, DMY'`);
      while ((await sealBatch(tx, 10)) === 0);
    });
    expect(await verifyChain()).toMatchObject({ verified: 1, fault: null });
  });
});
