import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withActor, withSystem } from '@/db/client';
import {
  approvalRequests,
  auditLog,
  consentFailures,
  environments,
  identities,
  people,
  rateLimits,
} from '@/db/schema';
import type { PersonContext, RequestFacts } from '@/lib/context';
import { mailApproval } from '@/lib/jobs/mail-notice';
import { LIMITS } from '@/lib/limits/limits';
import { listNotices } from '@/lib/notify/queries';
import { endApprovals } from '@/lib/people/requests/end-approvals';
import { createApprovalRequest, renewApproval, withdrawApproval } from '@/lib/provisioning/approval/commands';
import { markApprovalDone, noteInstalled } from '@/lib/provisioning/approval/mark-done';
import { openApproval } from '@/lib/provisioning/approval/open-approval';
import { listOwnApprovals, listWaitingApprovals } from '@/lib/provisioning/approval/queries';
import { registry } from '@/lib/registry';
import { randomToken } from '@/lib/session/secret-hash';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext, makeEnvironment, systemContext } from '@/tests/factories';
import { startMailServer, useMailServer } from '@/tests/mail-server';

const DAY = 24 * 3_600_000;
const visitor: RequestFacts = { requestId: 'visit', ip: '192.0.2.77', userAgent: 'a Salesforce admin' };

beforeEach(async () => {
  for (const slot of registry().slots.keys()) if (slot.startsWith('limits.')) registry().slots.delete(slot);
  await withSystem('test', async (tx) => {
    await tx.delete(rateLimits);
    await tx.execute(sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))`);
  });
});

async function setting(values: Parameters<typeof makeEnvironment>[0] = {}) {
  const ctx = await makeContext();
  const environment = await makeEnvironment({
    name: 'Production',
    origin: 'https://acme.my.salesforce.com',
    ...values,
  });
  return { ctx, environment };
}

const NOT_INSTALLED = {
  salesforceError: 'OAUTH_EC_APP_NOT_FOUND',
  salesforceDescription: 'External client app is not installed in this org',
};

async function failConsent(
  ctx: PersonContext,
  environmentId: string,
  words = NOT_INSTALLED,
): Promise<string> {
  const [row] = await withSystem('test', (tx) =>
    tx
      .insert(consentFailures)
      .values({
        personId: ctx.personId,
        environmentId,
        intent: 'connect',
        code: 'APP_NOT_INSTALLED',
        message: 'The app is not known in this org.',
        ...words,
      })
      .returning({ id: consentFailures.id }),
  );
  return row?.id ?? '';
}

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

async function ask(ctx: PersonContext, environmentSlug: string): Promise<string> {
  return tokenOf((await createApprovalRequest(ctx, { environmentSlug })).url);
}

const changeEnvironment = (id: string, changes: Partial<typeof environments.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(environments).set(changes).where(eq(environments.id, id)));

const actsOn = (id: string) =>
  withSystem('test', (tx) =>
    tx
      .select({ action: auditLog.action, actorKind: auditLog.actorKind, details: auditLog.details })
      .from(auditLog)
      .where(and(eq(auditLog.subjectType, 'approval_request'), eq(auditLog.subjectId, id)))
      .orderBy(auditLog.at),
  );

describe('a link for a Salesforce administrator', () => {
  it('shows what the app is, to whoever has it, and keeps no token', async () => {
    const { ctx, environment } = await setting({
      egressAddress: '203.0.113.9',
      expectedOrgId: '00D000000000001EAA',
      expectedOrgName: 'Acme Corporation',
      sealedConsumerSecret: 'sealed-consumer-secret',
    });
    await withSystem('test', (tx) =>
      tx.insert(identities).values({
        personId: ctx.personId,
        issuer: 'salesforce:00D000000000001EAA',
        subject: randomUUID(),
        username: 'grace@acme.example',
      }),
    );
    const failureId = await failConsent(ctx, environment.id);
    const link = await createApprovalRequest(ctx, { environmentSlug: environment.slug, failureId });
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/approve\/[A-Za-z0-9_-]{43}$/);
    const opened = await openApproval(tokenOf(link.url), visitor);
    expect(opened).toEqual({
      askedBy: ctx.displayName,
      username: 'grace@acme.example',
      portal: 'localhost:3000',
      environment: { name: 'Production', kind: 'sandbox', color: null },
      org: { name: 'Acme Corporation', host: 'acme.my.salesforce.com' },
      app: {
        name: null,
        type: 'external_client_app',
        consumerKey: environment.clientId,
        redirectUri: `http://localhost:3000/api/auth/callback/${environment.slug}`,
        scopes: environment.scopes,
      },
      egressAddress: '203.0.113.9',
      refused: {
        error: 'OAUTH_EC_APP_NOT_FOUND',
        description: 'External client app is not installed in this org',
      },
      case: 'not_installed',
      setup: expect.objectContaining({ permissionSets: expect.stringContaining('/PermSets/') }),
      expiresAt: link.expiresAt,
      doneAt: null,
    });
    expect(JSON.stringify(opened)).not.toContain('sealed-consumer-secret');
    const [own] = await listOwnApprovals(ctx);
    expect(own).toMatchObject({ state: 'waiting', openedAt: expect.any(String) });
    const everything = JSON.stringify([
      await withSystem('test', (tx) => tx.select().from(approvalRequests)),
      await actsOn(own?.id ?? ''),
      own,
    ]);
    expect(everything).not.toContain(tokenOf(link.url));
  });

  it('is the same as none when it was guessed, has expired, was withdrawn, renewed, or its person has gone', async () => {
    const { ctx, environment } = await setting();
    for (const guess of ['', 'x', randomToken(), `${randomToken()}=`, "' OR ''='"]) {
      expect(await openApproval(guess, visitor)).toBeNull();
      await expect(markApprovalDone(guess, '', visitor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const first = await ask(ctx, environment.slug);
    const [own] = await listOwnApprovals(ctx);
    const second = tokenOf((await renewApproval(ctx, own?.id ?? '')).url);
    expect(await openApproval(first, visitor)).toBeNull();
    expect(await openApproval(second, visitor)).not.toBeNull();
    await withdrawApproval(ctx, own?.id ?? '');
    expect(await openApproval(second, visitor)).toBeNull();
    await expect(renewApproval(ctx, own?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const third = await ask(ctx, environment.slug);
    await shiftDatabaseClock(7.1 * DAY);
    expect(await openApproval(third, visitor)).toBeNull();
    await expect(markApprovalDone(third, '', visitor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listOwnApprovals(ctx)).toMatchObject([{ state: 'expired' }]);

    const fourth = await ask(ctx, environment.slug);
    await withSystem('test', (tx) =>
      tx.update(people).set({ deactivatedAt: sql`orgdock.now()` }).where(eq(people.id, ctx.personId)),
    );
    expect(await openApproval(fourth, visitor)).toBeNull();
  });

  it.each<[string, Partial<typeof environments.$inferInsert>]>([
    ['is disabled', { status: 'disabled' }],
    ['is a draft again', { status: 'draft' }],
    ['is not open to its person any more', { access: 'admins' }],
  ])('opens nothing and is not renewed while its environment %s', async (_, changes) => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    const [own] = await listOwnApprovals(ctx);
    await changeEnvironment(environment.id, changes);
    expect(await openApproval(token, visitor)).toBeNull();
    await expect(markApprovalDone(token, '', visitor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(renewApproval(ctx, own?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(ctx, environment.slug)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await changeEnvironment(environment.id, { status: 'active', access: 'everyone' });
    expect(await openApproval(token, visitor)).not.toBeNull();
  });

  it('opens nothing once its person is an auditor', async () => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    await withSystem('test', (tx) =>
      tx.update(people).set({ role: 'auditor' }).where(eq(people.id, ctx.personId)),
    );
    expect(await openApproval(token, visitor)).toBeNull();
  });

  it('is made three times at most for one environment, also of those that come at once', async () => {
    const { ctx, environment } = await setting();
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => ask(ctx, environment.slug)));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([{ code: 'CONFLICT' }, { code: 'CONFLICT' }]);
    await expect(ask(ctx, environment.slug)).rejects.toMatchObject({ code: 'CONFLICT' });
    await ask(ctx, (await makeEnvironment()).slug);
    const [own] = await listOwnApprovals(ctx);
    expect(own?.environment.slug).not.toBe(environment.slug);
    await withdrawApproval(ctx, (await listOwnApprovals(ctx))[1]?.id ?? '');
    await ask(ctx, environment.slug);
  });

  it('is made for what its person may use, and with their own failure only', async () => {
    const { ctx, environment } = await setting();
    const stranger = await makeContext();
    const closed = await makeEnvironment({ access: 'admins' });
    const gone = await makeEnvironment({ deletedAt: new Date() });
    const draft = await makeEnvironment({ status: 'draft' });
    const disabled = await makeEnvironment({ status: 'disabled' });
    for (const slug of [closed.slug, gone.slug, draft.slug, disabled.slug, 'no-such'])
      await expect(ask(ctx, slug)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const failures = [
      await failConsent(stranger, environment.id),
      await failConsent(ctx, closed.id),
      randomUUID(),
      'no id',
    ];
    for (const failureId of failures) {
      await expect(
        createApprovalRequest(ctx, { environmentSlug: environment.slug, failureId }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await listOwnApprovals(ctx)).toEqual([]);
  });

  it('is counted by address, whether it works or not', async () => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    for (let count = 0; count < LIMITS.approval_link.points; count += 1)
      await openApproval(randomToken(), visitor);
    await expect(openApproval(token, visitor)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(markApprovalDone(token, '', visitor)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await openApproval(token, { ...visitor, ip: '192.0.2.78' })).not.toBeNull();
  });
});

describe('the request behind it', () => {
  it('is done once, with a note, and its person hears of it until they connect', async () => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    await expect(markApprovalDone(token, 'x'.repeat(501), visitor)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await markApprovalDone(token, ' <b>Installed</b> for you ', visitor);
    await markApprovalDone(token, 'another word', visitor);
    expect(await openApproval(token, visitor)).toMatchObject({ doneAt: expect.any(String) });
    const [own] = await listOwnApprovals(ctx);
    expect(own).toMatchObject({
      state: 'done',
      doneBy: 'salesforce_admin',
      doneNote: '<b>Installed</b> for you',
    });
    expect(await actsOn(own?.id ?? '')).toMatchObject([
      { action: 'approval.create', actorKind: 'person' },
      { action: 'approval.done', actorKind: 'system', details: { by: 'salesforce_admin' } },
    ]);
    expect(await listNotices(ctx)).toMatchObject([
      {
        kind: 'approval_done',
        text: 'Your Salesforce administrator has let the app into Production: connect again.',
      },
    ]);
    await expect(renewApproval(ctx, own?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const owner = { personId: ctx.personId, environmentId: environment.id };
    await withSystem('test', (tx) => endApprovals(tx, owner));
    expect(await listOwnApprovals(ctx)).toEqual([]);
    expect(await listNotices(ctx)).toEqual([]);
    expect(await openApproval(token, visitor)).toBeNull();
    await expect(withdrawApproval(ctx, own?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not listed, and its link opens nothing, once its environment is deleted', async () => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    expect(await listOwnApprovals(ctx)).toHaveLength(1);
    expect(await openApproval(token, visitor)).not.toBeNull();
    await changeEnvironment(environment.id, { deletedAt: new Date() });
    expect(await listOwnApprovals(ctx)).toEqual([]);
    expect(await openApproval(token, visitor)).toBeNull();
  });

  it('is done for everybody who waits when the org shows the app', async () => {
    const { ctx, environment } = await setting();
    const other = await makeContext();
    const elsewhere = await makeEnvironment();
    await ask(ctx, environment.slug);
    await ask(other, environment.slug);
    await ask(ctx, elsewhere.slug);
    expect(await noteInstalled(systemContext(), environment.id)).toBe(2);
    expect(await noteInstalled(systemContext(), environment.id)).toBe(0);
    expect((await listOwnApprovals(ctx)).map(({ state }) => state).sort()).toEqual(['done', 'waiting']);
    expect(await listNotices(other)).toMatchObject([
      { text: 'The org of Production has let the app in: connect again.' },
    ]);
  });

  it('waits on for who is blocked, although the org shows the app', async () => {
    const { ctx, environment } = await setting();
    const failureId = await failConsent(ctx, environment.id, {
      salesforceError: 'OAUTH_APP_BLOCKED',
      salesforceDescription: 'this app is blocked by admin',
    });
    await createApprovalRequest(ctx, { environmentSlug: environment.slug, failureId });
    expect(await noteInstalled(systemContext(), environment.id)).toBe(0);
    expect(await listOwnApprovals(ctx)).toMatchObject([{ state: 'waiting' }]);
  });

  it('is its person’s alone; administrators and auditors see that they wait', async () => {
    const { ctx, environment } = await setting();
    await ask(ctx, environment.slug);
    const [own] = await listOwnApprovals(ctx);
    const id = own?.id ?? '';
    for (const role of ['member', 'admin', 'auditor'] as const) {
      const other = await makeContext(role);
      expect(await listOwnApprovals(other)).toEqual([]);
      await expect(withdrawApproval(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(renewApproval(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const seen = await withActor(other, (tx) => tx.select().from(approvalRequests));
      if (role === 'member') {
        expect(seen).toEqual([]);
        await expect(listWaitingApprovals(other, environment.slug)).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      } else {
        expect(await listWaitingApprovals(other, environment.slug)).toMatchObject([
          { id, askedBy: ctx.displayName, state: 'waiting' },
        ]);
      }
    }
    await expect(withdrawApproval(ctx, 'no id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the mail of a request that is done', () => {
  it('goes once to who waited, with the note and without the link', async () => {
    const server = await startMailServer();
    useMailServer(server.url);
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    await markApprovalDone(token, 'Installed for you', visitor);
    await markApprovalDone(token, '', visitor);
    const [own] = await listOwnApprovals(ctx);
    const { rows } = await withSystem('test', (tx) =>
      tx.execute<{ key: string }>(sql`SELECT key FROM graphile_worker.jobs`),
    );
    expect(rows).toEqual([{ key: `approval_mail:${own?.id}` }]);
    await mailApproval(own?.id ?? '');
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.content).toContain('Installed for you');
    expect(server.mails[0]?.content).toMatch(/^Subject: Orgdock: Production can be connected/m);
    expect(server.mails[0]?.content).not.toContain(token);
  });

  it('is not sent when its person has connected meanwhile, and not queued without a server', async () => {
    const { ctx, environment } = await setting();
    const token = await ask(ctx, environment.slug);
    await markApprovalDone(token, '', visitor);
    const { rows } = await withSystem('test', (tx) => tx.execute(sql`SELECT 1 FROM graphile_worker.jobs`));
    expect(rows).toEqual([]);
    const [own] = await listOwnApprovals(ctx);
    const server = await startMailServer();
    useMailServer(server.url);
    await withSystem('test', (tx) =>
      endApprovals(tx, { personId: ctx.personId, environmentId: environment.id }),
    );
    await mailApproval(own?.id ?? '');
    expect(server.connections).toBe(0);
  });
});
