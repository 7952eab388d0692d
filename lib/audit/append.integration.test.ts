import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import { auditLog } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { AuditEntry } from '@/lib/audit/entries';
import { makeContext, systemContext } from '@/tests/factories';

const readRows = (subjectId: string) =>
  withSystem('test', (tx) => tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)));

describe('appendAudit', () => {
  it('says who, from where, and what', async () => {
    const ctx = await makeContext('admin');
    const subjectId = randomUUID();
    await withActor(ctx, (tx) =>
      appendAudit(tx, ctx, {
        action: 'environment.pin_org',
        subjectId,
        details: { orgId: '00D000000000001EAA', orgName: null, before: null },
      }),
    );
    expect(await readRows(subjectId)).toMatchObject([
      {
        action: 'environment.pin_org',
        subjectType: 'environment',
        outcome: 'done',
        actorKind: 'person',
        personId: ctx.personId,
        sessionId: ctx.sessionId,
        ip: ctx.request.ip,
        userAgent: 'vitest',
        requestId: ctx.request.requestId,
        details: { orgId: '00D000000000001EAA' },
      },
    ]);
  });

  it('keeps the reason of the system', async () => {
    const subjectId = randomUUID();
    await withSystem('test', (tx) =>
      appendAudit(tx, systemContext('nightly'), {
        action: 'session.end',
        subjectId,
        details: { reason: 'idle' },
      }),
    );
    expect(await readRows(subjectId)).toMatchObject([
      { actorKind: 'system', personId: null, ip: null, details: { reason: 'idle', systemReason: 'nightly' } },
    ]);
  });

  it('fails the whole act when the entry is not of the union', async () => {
    const ctx = await makeContext();
    const subjectId = randomUUID();
    const bad = {
      action: 'session.sign_out',
      subjectId,
      details: { token: 'secret' },
    } as unknown as AuditEntry;
    const act = withActor(ctx, async (tx) => {
      await appendAudit(tx, ctx, { action: 'session.sign_out', subjectId, details: {} });
      await appendAudit(tx, ctx, bad);
    });
    await expect(act).rejects.toThrow(/token/);
    expect(await readRows(subjectId)).toEqual([]);
  });
});
