import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { readChainState } from '@/lib/audit/chain/chain-state';
import { sealDue } from '@/lib/audit/chain/seal';
import { asOwner } from './database-owner';
import { systemContext } from './factories';

/** An act in the given transaction; the id of its subject, by which it is found again. */
export async function act(tx: Tx, subjectId: string = randomUUID()): Promise<string> {
  await appendAudit(tx, systemContext(), { action: 'session.end', subjectId, details: { reason: 'test' } });
  return subjectId;
}

/** As many acts, a transaction each. */
export async function acts(count: number): Promise<string[]> {
  const subjects: string[] = [];
  for (let n = 0; n < count; n += 1) subjects.push(await withSystem('test', (tx) => act(tx)));
  return subjects;
}

/** Empties the log and its chain, as no role of the portal can. */
export async function emptyAuditLog(): Promise<void> {
  await asOwner(async (owner) => {
    await owner.unsafe(
      'TRUNCATE orgdock.audit_log, orgdock.audit_seals, orgdock.audit_checkpoints RESTART IDENTITY',
    );
    await owner.unsafe('UPDATE orgdock.portal SET audit_era = 0, audit_retention_days = NULL');
  });
}

/** Seals everything: other test files' open transactions on the same server may hold it up for a moment. */
export async function sealAll(): Promise<void> {
  do await sealDue();
  while ((await withSystem('test', readChainState)).waiting > 0);
}

/** The subjects of the sealed rows, in the order of the chain. */
export async function sealedSubjects(): Promise<string[]> {
  const { rows } = await withSystem('test', (tx) =>
    tx.execute<{ subject: string }>(sql`
      SELECT a.subject_id AS subject FROM orgdock.audit_seals s
        JOIN orgdock.audit_log a ON a.id = s.audit_id ORDER BY s.position`),
  );
  return rows.map(({ subject }) => subject);
}

/** A transaction that stays open until it is told how to end. */
export interface OpenTransaction {
  subjects: string[];
  write: () => Promise<void>;
  end: (how: 'commit' | 'rollback') => Promise<void>;
}

/** Opens a transaction that holds its place in the order from its first act on. */
export async function openTransaction(): Promise<OpenTransaction> {
  const subjects: string[] = [];
  const work: Array<{
    how: 'write' | 'commit' | 'rollback';
    done: () => void;
    failed: (error: unknown) => void;
  }> = [];
  let wake = () => {};
  const next = async () => {
    while (work.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return work.shift();
  };
  const ended = withSystem('test', async (tx) => {
    for (;;) {
      const order = await next();
      if (!order || order.how === 'commit') return order?.done;
      if (order.how === 'rollback') throw Object.assign(new Error('rolled back'), { done: order.done });
      await act(tx).then((subject) => {
        subjects.push(subject);
        order.done();
      }, order.failed);
    }
  });
  const settled = ended.then(
    (done) => done?.(),
    (error: { done?: () => void }) => {
      if (!error.done) throw error;
      error.done();
    },
  );
  const tell = (how: 'write' | 'commit' | 'rollback') =>
    new Promise<void>((done, failed) => {
      work.push({ how, done, failed });
      wake();
    });
  return {
    subjects,
    write: () => tell('write'),
    end: async (how) => {
      await tell(how);
      await settled;
    },
  };
}
