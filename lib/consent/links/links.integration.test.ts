import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, consentAttempts, environments, identities, people } from '@/db/schema';
import { requireConnection } from '@/lib/connections/queries';
import { findFailure } from '@/lib/consent/failures';
import { createConnectLink, withdrawAnyConnectLink, withdrawConnectLink } from '@/lib/consent/links/commands';
import { findUsedLink, openLinkFrom } from '@/lib/consent/links/open-link';
import { listAllConnectLinks, listOwnConnectLinks } from '@/lib/consent/links/queries';
import { newConnectLinkSchema } from '@/lib/consent/links/schema';
import { listPendingConsents } from '@/lib/consent/queries';
import { contextOf as sessionOf } from '@/lib/session/context';
import { hashToken } from '@/lib/session/secret-hash';
import { Browser } from '@/tests/browser';
import {
  continueUrl,
  forgetLooks,
  grantBy,
  linkFailureAt,
  makeLink,
  pressContinue,
  readLink,
} from '@/tests/connect-links';
import { auditOf, comeBack, makeStubEnvironment } from '@/tests/consent';
import { contextOf, makeContext, makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

beforeEach(() => forgetLooks());

const ada = stubUser('ada');
const ofPerson = (id: string) =>
  withSystem('test', (tx) => tx.select().from(connections).where(eq(connections.ownerId, id)));

describe('a connect link', () => {
  it('is kept as a hash, expires after a day, and is audited without its token', async () => {
    const { id, token, holder, environment } = await makeLink({ alias: 'acme' });
    const row = await readLink(id);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row).toMatchObject({
      tokenHash: hashToken(token),
      holderId: holder.id,
      alias: 'acme',
      keyId: null,
    });
    expect((row.expiresAt.getTime() - row.createdAt.getTime()) / 1000).toBeCloseTo(86_400, 0);
    const [made] = (await auditOf('connect_link.create')).filter(({ subjectId }) => subjectId === id);
    expect(made).toMatchObject({ personId: holder.id, details: { environmentId: environment.id } });
    expect(JSON.stringify(made)).not.toContain(token);
  });

  it('shows a stranger who will hold what, and nothing changes by looking', async () => {
    const world = await makeLink();
    const before = await readLink(world.id);
    for (const browser of [new Browser(), new Browser()]) {
      expect(await openLinkFrom(world.token, browser.headers)).toEqual({
        state: 'open',
        holder: world.holder.displayName,
        program: null,
        purpose: 'Invoices of Acme',
        portal: 'localhost:3000',
        environment: { name: world.environment.name, kind: 'sandbox', color: null },
        org: { name: null, host: new URL(world.stub.origin).host },
        scopes: ['openid', 'api', 'refresh_token'],
        expiresAt: before.expiresAt.toISOString(),
      });
    }
    expect(await readLink(world.id)).toEqual(before);
  });

  it('that nobody made is none', async () => {
    const { token } = await makeLink();
    for (const made of [`odl_${'a'.repeat(43)}`, token.slice(0, -1), token.slice(4), '', "odl_' OR true"]) {
      expect(await openLinkFrom(made, new Browser().headers)).toBeNull();
      expect((await pressContinue(new Browser(), { token: made })).status).toBe(404);
    }
  });

  it('gives its holder a connection with the alias, and signs nobody in', async () => {
    const world = await makeLink({ alias: 'acme-invoices' });
    const { holder, ctx, environment, stub, id, token } = world;
    const counts = () =>
      withSystem('test', async (tx) => [await tx.$count(people), await tx.$count(identities)]);
    const before = await counts();
    const browser = new Browser();
    const url = await continueUrl(browser, { token });
    const asked = new URL(url).searchParams;
    expect([asked.get('scope'), asked.get('prompt')]).toEqual(['openid api refresh_token', 'consent']);
    expect(await listPendingConsents(ctx)).toEqual([]);
    const { location, response } = await comeBack(browser, environment.slug, stub.allow(url, ada));
    expect(location).toBe(`/connect/done/${id}`);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await sessionOf(browser.headers)).toBeNull();
    expect(await counts()).toEqual(before);

    const [row, ...others] = await ofPerson(holder.id);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      environmentId: environment.id,
      alias: 'acme-invoices',
      username: ada.username,
    });
    expect(await requireConnection(ctx, row?.id ?? '')).toMatchObject({ health: 'healthy' });
    expect(await listOwnConnectLinks(ctx)).toMatchObject([
      { id, state: 'used', madeBy: null, connection: { id: row?.id, alias: 'acme-invoices' } },
    ]);
    expect(
      await withSystem('test', (tx) =>
        tx.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id),
      ),
    ).toMatchObject([
      { action: 'connect_link.create' },
      {
        action: 'connect_link.use',
        personId: null,
        details: { connectionId: row?.id, username: ada.username },
      },
    ]);
    expect(stub.revoked).toEqual([]);
  });

  it('tells only the browser that used it what it led to', async () => {
    const world = await makeLink();
    const browser = new Browser();
    await grantBy(world, ada, browser);
    const mark = browser.cookies.get('orgdock.attempt') ?? '';
    expect(await findUsedLink(world.id, mark)).toMatchObject({
      holder: world.holder.displayName,
      username: ada.username,
      org: { id: ada.orgId },
    });
    for (const other of [null, 'x', 'y'.repeat(43)]) expect(await findUsedLink(world.id, other)).toBeNull();
    const unused = await makeLink();
    await continueUrl(browser, { token: unused.token });
    expect(await findUsedLink(unused.id, mark)).toBeNull();
  });

  it('leaves the session in that browser as it is, and is no business of its person', async () => {
    const world = await makeLink();
    const browser = new Browser();
    const visitor = await makePerson();
    const sessionId = await browser.signIn(visitor);
    expect(await grantBy(world, ada, browser)).toBe(`/connect/done/${world.id}`);
    expect((await sessionOf(browser.headers))?.sessionId).toBe(sessionId);
    expect(await ofPerson(visitor.id)).toEqual([]);
    expect(await ofPerson(world.holder.id)).toHaveLength(1);
    const rows = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.personId, visitor.id)),
    );
    expect(rows).toEqual([]);
  });

  it('renews what its holder has for the same Salesforce user, and its alias stays', async () => {
    const first = await makeLink({ alias: 'first' });
    await grantBy(first, ada);
    const again = { environment: first.environment.slug, purpose: 'Once more', alias: 'second' };
    const { id, url } = await createConnectLink(first.ctx, newConnectLinkSchema.parse(again));
    const token = url.split('/').at(-1) ?? '';
    await grantBy({ ...first, id, token }, ada);
    expect(await ofPerson(first.holder.id)).toMatchObject([{ alias: 'first', generation: 2 }]);
  });

  it('gets a readable alias where its own was taken meanwhile', async () => {
    const one = await makeLink({ alias: 'erp' });
    const two = await makeLink({ alias: 'erp' }, one);
    await grantBy(one, ada);
    await grantBy(two, ada);
    const [row] = await ofPerson(two.holder.id);
    expect(row?.alias).toBe(`ada-${row?.id.slice(0, 8)}`);
    const body = { environment: one.environment.slug, purpose: 'Once more', alias: 'erp' };
    await expect(createConnectLink(two.ctx, newConnectLinkSchema.parse(body))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('never decides which org an environment belongs to, also for an administrator', async () => {
    const stub = await startSalesforceStub();
    const environment = await makeStubEnvironment(stub);
    const world = await makeLink({}, { stub, environment, role: 'admin' });
    await grantBy(world, ada);
    const [row] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, environment.id)),
    );
    expect(row).toMatchObject({ expectedOrgId: null, proposedOrgId: ada.orgId });
  });

  it('is listed and withdrawn by its holder, and seen by administrators and auditors', async () => {
    const world = await makeLink();
    for (const role of ['member', 'admin', 'auditor'] as const) {
      const other = await makeContext(role);
      expect(await listOwnConnectLinks(other)).toEqual([]);
      await expect(withdrawConnectLink(other, world.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      if (role === 'member') {
        await expect(listAllConnectLinks(other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      } else {
        const all = await listAllConnectLinks(other);
        expect(all.find(({ id }) => id === world.id)).toMatchObject({ holder: world.holder.displayName });
      }
    }
    await withdrawConnectLink(world.ctx, world.id);
    await expect(withdrawConnectLink(world.ctx, world.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listOwnConnectLinks(world.ctx)).toMatchObject([{ state: 'withdrawn' }]);
    expect((await auditOf('connect_link.withdraw')).at(-1)).toMatchObject({ subjectId: world.id });
  });

  it('is withdrawn by an administrator whosever it is, and by nobody else', async () => {
    const world = await makeLink();
    for (const role of ['member', 'auditor'] as const) {
      const other = await makeContext(role);
      await expect(withdrawAnyConnectLink(other, world.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const admin = await makeContext('admin');
    await expect(withdrawAnyConnectLink(admin, 'made-up')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await withdrawAnyConnectLink(admin, world.id);
    await expect(withdrawAnyConnectLink(admin, world.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listOwnConnectLinks(world.ctx)).toMatchObject([{ state: 'withdrawn' }]);
    expect((await auditOf('connect_link.withdraw')).at(-1)).toMatchObject({
      subjectId: world.id,
      personId: admin.personId,
      details: { holderId: world.holder.id },
    });
  });

  it('is made only for environments that its holder may use, and by no auditor', async () => {
    const stub = await startSalesforceStub();
    const closed = await makeStubEnvironment(stub, { access: 'admins' });
    const disabled = await makeStubEnvironment(stub, { status: 'disabled' });
    const ask = (slug: string) => newConnectLinkSchema.parse({ environment: slug, purpose: 'Invoices' });
    const member = contextOf(await makePerson());
    for (const slug of [closed.slug, disabled.slug, 'made-up']) {
      await expect(createConnectLink(member, ask(slug))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const open = await makeStubEnvironment(stub);
    await expect(createConnectLink(await makeContext('auditor'), ask(open.slug))).rejects.toMatchObject({
      code: 'RECORDS_NOT_FOR_AUDITORS',
    });
  });

  it('is not one of more than fifty', async () => {
    const { ctx, environment } = await makeLink();
    const body = newConnectLinkSchema.parse({ environment: environment.slug, purpose: 'Invoices' });
    for (let made = 1; made < 50; made += 1) await createConnectLink(ctx, body);
    await expect(createConnectLink(ctx, body)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a consent by a connect link that fails', () => {
  it('is explained to its browser only, which may try again', async () => {
    const { token, environment, stub, holder } = await makeLink();
    const browser = new Browser();
    const url = await continueUrl(browser, { token });
    const state = new URL(url).searchParams.get('state') ?? '';
    const denied = new URLSearchParams({
      error: 'access_denied',
      error_description: 'end-user denied',
      state,
    });
    const { location } = await comeBack(browser, environment.slug, denied);
    const failure = await linkFailureAt(location);
    expect(failure).toMatchObject({ code: 'CONSENT_DENIED', personId: null });
    const mark = browser.cookies.get('orgdock.attempt') ?? null;
    expect(await findFailure(failure.id, { browser: mark, personId: null })).toMatchObject({
      byLink: true,
      problem: { code: 'CONSENT_DENIED', details: {} },
    });
    expect(await findFailure(failure.id, { browser: 'x', personId: holder.id })).toBeNull();

    expect((await pressContinue(new Browser(), { failure: failure.id })).status).toBe(404);
    const again = await continueUrl(browser, { failure: failure.id });
    await comeBack(browser, environment.slug, stub.allow(again, ada));
    expect(await ofPerson(holder.id)).toHaveLength(1);
  });

  it('gives the grant of a wrong org back and names both', async () => {
    const pinned = { expectedOrgId: stubUser('x', 'right').orgId, expectedOrgName: 'Right' };
    const stub = await startSalesforceStub();
    const world = await makeLink({}, { stub, environment: await makeStubEnvironment(stub, pinned) });
    const failure = await linkFailureAt(await grantBy(world, stubUser('eve', 'wrong')));
    expect(failure).toMatchObject({ code: 'CONSENT_WRONG_ORG', details: { expectedOrgName: 'Right' } });
    expect(await ofPerson(world.holder.id)).toEqual([]);
    expect(stub.revoked).toContain(stub.issued[1]);
    const [refused] = (await auditOf('consent.refused')).slice(-1);
    expect(refused).toMatchObject({
      personId: null,
      outcome: 'denied',
      details: { connectLinkId: world.id, code: 'CONSENT_WRONG_ORG' },
    });
    expect(await readLink(world.id)).toMatchObject({ usedAt: null });
  });
});

describe('attempts of connect links', () => {
  it('belong to no person and no session', async () => {
    const { id, token } = await makeLink();
    const browser = new Browser();
    await browser.signIn(await makePerson());
    await continueUrl(browser, { token });
    const rows = await withSystem('test', (tx) =>
      tx
        .select()
        .from(consentAttempts)
        .where(and(eq(consentAttempts.connectLinkId, id))),
    );
    expect(rows).toMatchObject([{ personId: null, sessionId: null, intent: 'connect' }]);
  });
});
