import { beforeEach, describe, expect, it } from 'vitest';
import { sealDue } from '@/lib/audit/chain/seal';
import { verifyChain } from '@/lib/audit/chain/verify';
import { acts, emptyAuditLog, sealAll } from '@/tests/audit-chain';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';

/** A sealed log of 6 rows, with ids 1 to 6. */
beforeEach(async () => {
  await emptyAuditLog();
  await acts(6);
  await sealAll();
});

const tamper = (text: string) => asOwner((owner) => owner.unsafe(text));

/** Writes the chain anew over what the rows are now, as the owner of a database could. */
async function rewriteChain() {
  await tamper('TRUNCATE orgdock.audit_seals');
  // Without the checkpoints sealing would go on after the last of them.
  await sealAll();
}

describe('verification', () => {
  it('finds nothing in a log that nobody has touched, and says how far it has come', async () => {
    const seen: number[] = [];
    const report = await verifyChain(({ verified, sealed }) => seen.push(verified, sealed));
    expect(report).toMatchObject({
      verified: 6,
      sealed: 6,
      removed: 0,
      waiting: 0,
      checkpoints: 1,
      fault: null,
    });
    expect(report.head).toEqual({ position: 6, hash: expect.stringMatching(/^[\w-]{43}$/) });
    expect(seen).toEqual(expect.arrayContaining([6]));
  });

  it.each([
    ['action', `action = 'session.sign_out'`],
    ['time, by a microsecond', `at = at + interval '1 microsecond'`],
    ['person', `person_id = gen_random_uuid()`],
    ['subject', `subject_id = 'another'`],
    ['outcome', `outcome = 'denied'`],
    ['details', `details = details || '{"reason": "another"}'`],
    ['digits of a number', `details = '{"reason": 1.0}'`],
    ['address', `ip = '192.0.2.9'`],
    ['request id', `request_id = 'r'`],
  ])('finds a row whose %s was changed', async (_, change) => {
    if (change.includes('1.0')) {
      await tamper(
        `TRUNCATE orgdock.audit_seals, orgdock.audit_checkpoints; UPDATE orgdock.audit_log SET details = '{"reason": 1.00}' WHERE id = 4`,
      );
      await sealAll();
      expect((await verifyChain()).fault).toBeNull();
    }
    await tamper(`UPDATE orgdock.audit_log SET ${change} WHERE id = 4`);
    expect((await verifyChain()).fault).toMatchObject({ kind: 'changed', position: 4, auditId: '4' });
  });

  it('finds a row that was deleted', async () => {
    await tamper('DELETE FROM orgdock.audit_log WHERE id = 3');
    expect((await verifyChain()).fault).toMatchObject({ kind: 'missing', position: 3, auditId: '3' });
    await tamper('DELETE FROM orgdock.audit_seals WHERE audit_id = 3');
    expect((await verifyChain()).fault).toMatchObject({ kind: 'missing', position: 3 });
  });

  it('finds that the oldest rows were deleted without a retention', async () => {
    await tamper(
      'DELETE FROM orgdock.audit_log WHERE id <= 2; DELETE FROM orgdock.audit_seals WHERE position <= 2',
    );
    expect((await verifyChain()).fault).toMatchObject({
      kind: 'missing',
      position: 1,
      message: 'Links 1 to 2 are missing in the chain.',
    });
  });

  it('finds that the newest rows were deleted, beyond what was signed', async () => {
    await tamper(
      'DELETE FROM orgdock.audit_log WHERE id > 4; DELETE FROM orgdock.audit_seals WHERE position > 4',
    );
    expect((await verifyChain()).fault).toMatchObject({ kind: 'cut_off', position: 5 });
  });

  it('finds two rows that were swapped', async () => {
    await tamper(`UPDATE orgdock.audit_seals SET audit_id = 99 WHERE position = 2;
      UPDATE orgdock.audit_seals SET audit_id = 2 WHERE position = 3;
      UPDATE orgdock.audit_seals SET audit_id = 3 WHERE position = 2`);
    expect((await verifyChain()).fault).toMatchObject({ kind: 'changed', position: 2, auditId: '3' });
  });

  it('finds a row that was inserted between, and one whose link was taken out', async () => {
    await tamper(`INSERT INTO orgdock.audit_log (id, action, actor_kind, subject_type, subject_id, outcome, transaction_id)
      OVERRIDING SYSTEM VALUE SELECT 1000, action, actor_kind, subject_type, subject_id, outcome, transaction_id
        FROM orgdock.audit_log WHERE id = 3`);
    expect((await verifyChain()).fault).toMatchObject({ kind: 'inserted', auditId: '1000' });
    expect(await sealDue()).toBe(0);
  });

  it('finds the first fault of several', async () => {
    await tamper(
      `UPDATE orgdock.audit_log SET ip = 'x' WHERE id IN (2, 5); DELETE FROM orgdock.audit_log WHERE id = 3`,
    );
    expect((await verifyChain()).fault).toMatchObject({ kind: 'changed', auditId: '2' });
  });

  it('finds a chain that was written anew over changed rows, by what was signed', async () => {
    await tamper(`UPDATE orgdock.audit_log SET outcome = 'failed' WHERE id = 2`);
    await rewriteChain();
    expect((await verifyChain()).fault).toMatchObject({
      kind: 'changed',
      position: 6,
      message: expect.stringContaining('written anew'),
    });
  });

  it('finds a checkpoint that this portal has not signed', async () => {
    await tamper(`UPDATE orgdock.audit_checkpoints SET hash = 'x'`);
    expect((await verifyChain()).fault).toMatchObject({ kind: 'changed', position: 6 });
    await tamper(
      `UPDATE orgdock.audit_checkpoints SET position = 1, hash = (SELECT hash FROM orgdock.audit_seals WHERE position = 1)`,
    );
    expect((await verifyChain()).fault).toMatchObject({ kind: 'checkpoint', position: 1 });
  });

  it('holds the chain to a link that somebody wrote down', async () => {
    const { head } = await verifyChain();
    if (!head) throw new Error('no head');
    await tamper('TRUNCATE orgdock.audit_checkpoints');
    const check = async (witness: typeof head) => (await verifyChain(undefined, witness)).fault;
    expect(await check(head)).toBeNull();
    expect(await check({ ...head, hash: 'x' })).toMatchObject({ kind: 'changed', position: 6 });
    await tamper(
      'DELETE FROM orgdock.audit_log WHERE id = 6; DELETE FROM orgdock.audit_seals WHERE position = 6',
    );
    expect((await verifyChain()).fault).toBeNull();
    expect(await check(head)).toMatchObject({ kind: 'cut_off', position: 6 });
  });

  it('goes on after sealing has', async () => {
    await acts(2);
    await shiftDatabaseClock(2 * 3_600_000);
    expect(await verifyChain()).toMatchObject({
      verified: 6,
      waiting: 2,
      waitingSince: expect.any(String),
      fault: null,
    });
    await sealAll();
    expect(await verifyChain()).toMatchObject({
      verified: 8,
      waiting: 0,
      waitingSince: null,
      checkpoints: 2,
      fault: null,
    });
  });
});
