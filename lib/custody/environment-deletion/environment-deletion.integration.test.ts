import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import {
  connectionSecrets,
  connections,
  environmentSecrets,
  environments,
  serviceCredentials,
  strayGrants,
} from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { listConnections, requireConnection } from '@/lib/connections/queries';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { storeGrant } from '@/lib/connections/store-grant';
import { listPendingConsents } from '@/lib/consent/queries';
import { deleteEnvironment } from '@/lib/custody/environment-deletion/commands';
import {
  getEnvironmentDeletion,
  listUnfinishedDeletions,
  previewEnvironmentDeletion,
} from '@/lib/custody/environment-deletion/queries';
import { createEnvironment, pinExpectedOrg, updateEnvironment } from '@/lib/environments/commands';
import {
  getEnvironment,
  listConnectableEnvironments,
  listEnvironments,
  listSignInEnvironments,
  listTakenSlugs,
} from '@/lib/environments/queries';
import { registry } from '@/lib/registry';
import { Browser } from '@/tests/browser';
import { callThrough, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { auditOf, begin, beginUrl, comeBack, consent, failureAt, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { contextOf, makeConnection, makeContext, makeEnvironment, makePerson } from '@/tests/factories';
import { sendJson } from '@/tests/loopback';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

const MINUTE = 60_000;

beforeEach(async () => {
  for (const slot of ['flights', 'pauses', 'revocationPolicy'])
    registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 3_000,
    storePauseMs: { first: 5, longest: 20 },
    consentStoreMs: 500,
  });
  await withSystem('test', async (tx) => {
    await tx.delete(strayGrants);
    await tx.delete(connections);
  });
});

async function setting() {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  return { endpoint, admin: await makeContext('admin'), ...connected };
}

const settled = () => Promise.all(registry().unfinished);

describe('deleting an environment', () => {
  it('says beforehand what it disconnects, and of whom', async () => {
    const { environment, ctx, admin, endpoint } = await setting();
    const other = await makeConnected(endpoint, { environment });
    await makeConnection(
      { ownerId: other.ctx.personId, environmentId: environment.id },
      { salesforceUserId: '005000000000007AAA' },
    );
    await makeConnection({ ownerId: null, environmentId: environment.id }, { name: 'Nightly export' });
    await makeConnection({ ownerId: ctx.personId, environmentId: environment.id }, { state: 'disconnected' });
    const preview = await previewEnvironmentDeletion(admin, environment.slug);
    expect(preview).toMatchObject({ connections: 4, serviceConnections: 1 });
    expect(preview.owners.map(({ name, connections: count }) => [name, count])).toEqual([
      [other.ctx.displayName, 2],
      [ctx.displayName, 1],
    ]);
  });

  it('says when nobody could sign in any more', async () => {
    const { environment, admin } = await setting();
    await withSystem('test', (tx) => tx.update(environments).set({ allowSignIn: false }));
    await withSystem('test', (tx) =>
      tx.update(environments).set({ allowSignIn: true }).where(eq(environments.id, environment.id)),
    );
    expect((await previewEnvironmentDeletion(admin, environment.slug)).lastForSignIn).toBe(true);
    await makeEnvironment();
    expect((await previewEnvironmentDeletion(admin, environment.slug)).lastForSignIn).toBe(false);
  });

  it('disconnects everything at once, revokes each grant, and leaves an audit trail', async () => {
    const { endpoint, environment, connection, ctx, admin, source } = await setting();
    const other = await makeConnected(endpoint, { environment });
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    expect(endpoint).toMatchObject({ liveGrants: 0, revokes: 2, violations: [] });
    for (const { id } of [connection, other.connection]) {
      const { row, refreshToken, audit } = await readStored(id);
      expect(row).toMatchObject({ state: 'disconnected', revocation: 'confirmed' });
      expect(refreshToken).toBeNull();
      expect(audit).toMatchObject([
        {
          action: 'connection.disconnect',
          personId: admin.personId,
          details: { why: 'environment deleted', stateBefore: 'idle' },
        },
        { action: 'token.revoke', outcome: 'done', details: { verified: 'introspection' } },
      ]);
    }
    expect((await auditOf('environment.delete')).at(-1)).toMatchObject({
      subjectId: environment.id,
      personId: admin.personId,
      details: { slug: environment.slug, name: environment.name, connections: 2, strayGrants: 0 },
    });
    await expect(source.current()).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    expect((await requireConnection(ctx, connection.id)).environment.deleted).toBe(true);
  });

  it('goes on in the queue where the org does not answer, and shows how far it is', async () => {
    const { endpoint, environment, admin, connection } = await setting();
    endpoint.revokeFaults.push('drop');
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    expect(await getEnvironmentDeletion(admin, environment.slug)).toMatchObject({
      connections: 1,
      confirmed: 0,
      unconfirmed: 1,
      nextTryAt: expect.any(String),
    });
    expect((await listUnfinishedDeletions(admin)).map(({ slug }) => slug)).toContain(environment.slug);
    await shiftDatabaseClock(3 * MINUTE);
    await sweepRevocations();
    expect((await readStored(connection.id)).row.revocation).toBe('confirmed');
    expect(await getEnvironmentDeletion(admin, environment.slug)).toMatchObject({
      confirmed: 1,
      unconfirmed: 0,
    });
    expect((await listUnfinishedDeletions(admin)).map(({ slug }) => slug)).not.toContain(environment.slug);
  });

  it('does not wait longer than a person does', async () => {
    setPolicy({ callerWaitMs: 50 });
    const { endpoint, environment, admin } = await setting();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    endpoint.beforeRevoke = () => answered;
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    expect(await getEnvironmentDeletion(admin, environment.slug)).toMatchObject({
      revoking: 1,
      confirmed: 0,
    });
    answer();
    await settled();
    expect(await getEnvironmentDeletion(admin, environment.slug)).toMatchObject({
      revoking: 0,
      confirmed: 1,
    });
  });

  it('never sends a token that may be spent, and counts it', async () => {
    const { endpoint, environment, admin, source } = await setting();
    endpoint.expireAccessTokens();
    endpoint.faults.push('drop-after');
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    expect(endpoint).toMatchObject({ revokes: 0, introspections: 0, violations: [] });
    expect(await getEnvironmentDeletion(admin, environment.slug)).toMatchObject({
      confirmed: 0,
      unsendable: 1,
    });
  });

  it('leaves a refresh that is in flight to its holder', async () => {
    const { endpoint, environment, admin, source, connection } = await setting();
    endpoint.expireAccessTokens();
    endpoint.beforeAnswer = async () => {
      endpoint.beforeAnswer = async () => undefined;
      await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
      expect(endpoint.revokes).toBe(0);
    };
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    await settled();
    expect(endpoint).toMatchObject({ liveGrants: 0, revokes: 1, violations: [] });
    expect((await readStored(connection.id)).row.revocation).toBe('confirmed');
  });

  it('takes away what a service connection could get another token with', async () => {
    const { environment, admin } = await setting();
    const service = await makeConnection(
      { ownerId: null, environmentId: environment.id },
      { name: 'Nightly export', flow: 'jwt_bearer' },
    );
    const prepared = await makeConnection(
      { ownerId: null, environmentId: environment.id },
      { name: 'Not connected yet', flow: 'jwt_bearer', state: 'disconnected' },
    );
    const key = { username: 'x', secret: 'sealed' };
    await withSystem('test', (tx) =>
      tx.insert(serviceCredentials).values([
        { ...key, connectionId: service.id },
        { ...key, connectionId: prepared.id },
      ]),
    );
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    const left = await withSystem('test', (tx) => tx.select().from(serviceCredentials));
    expect(left).toEqual([]);
    expect((await readStored(service.id)).row.state).toBe('disconnected');
  });

  it('forgets a consumer secret that was staged, and keeps the one that revocations are sent with', async () => {
    const { environment, admin } = await setting();
    const ofIt = eq(environmentSecrets.environmentId, environment.id);
    await withSystem('test', async (tx) => {
      const kept = { consumerSecret: 'present', stagedConsumerSecret: 'staged' };
      await tx.delete(environmentSecrets).where(ofIt);
      await tx.insert(environmentSecrets).values({ environmentId: environment.id, ...kept });
    });
    await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
    const left = await withSystem('test', (tx) => tx.select().from(environmentSecrets).where(ofIt));
    expect(left).toMatchObject([{ consumerSecret: 'present', stagedConsumerSecret: null }]);
  });

  it('wants the name, an administrator, and an environment that is there', async () => {
    const { environment, admin, ctx, connection } = await setting();
    const { slug, name } = environment;
    await expect(deleteEnvironment(admin, { slug, confirmation: 'yes' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(name),
    });
    await expect(deleteEnvironment(ctx, { slug, confirmation: name })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const auditor = await makeContext('auditor');
    await expect(deleteEnvironment(auditor, { slug, confirmation: name })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(previewEnvironmentDeletion(ctx, slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(getEnvironmentDeletion(ctx, slug)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await getEnvironmentDeletion(admin, slug)).toBeNull();
    expect((await readStored(connection.id)).row.state).toBe('idle');
    await deleteEnvironment(admin, { slug, confirmation: ` ${name} ` });
    await expect(deleteEnvironment(admin, { slug, confirmation: name })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a deleted environment', () => {
  async function deleted() {
    const at = await setting();
    await deleteEnvironment(at.admin, { slug: at.environment.slug, confirmation: at.environment.name });
    return at;
  }

  it('is offered nowhere', async () => {
    const { environment, admin, ctx } = await deleted();
    const { slug, name } = environment;
    const slugs = (list: Array<{ slug: string }>) => list.map((one) => one.slug);
    expect(slugs(await listSignInEnvironments())).not.toContain(slug);
    expect(slugs(await listConnectableEnvironments(ctx))).not.toContain(slug);
    expect(slugs(await listEnvironments(admin))).not.toContain(slug);
    expect(await getEnvironment(admin, slug)).toBeNull();
    expect(await listEvictionWarnings(ctx)).toEqual([]);
    const form = { name, kind: 'sandbox', origin: environment.origin, clientId: environment.clientId };
    await expect(updateEnvironment(admin, { slug, form })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(pinExpectedOrg(admin, { slug, orgId: ORG_ID })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps its slug, and another one may be made like it', async () => {
    const { environment, admin } = await deleted();
    const { name, origin, clientId, slug } = environment;
    expect((await listTakenSlugs(admin)).has(slug)).toBe(true);
    await withSystem('test', (tx) =>
      tx
        .update(environments)
        .set({ slug: 'was-deleted', name: 'Was deleted' })
        .where(eq(environments.id, environment.id)),
    );
    const made = await createEnvironment(admin, { name: 'Was deleted', kind: 'sandbox', origin, clientId });
    expect(made.slug).toBe('was-deleted-2');
    expect(name).not.toBe('Was deleted');
  });

  it('shows its connections to their owners as disconnected, for a month on the home page', async () => {
    const { connection, ctx, environment } = await deleted();
    expect(await listConnections(ctx)).toMatchObject([
      {
        id: connection.id,
        health: 'disconnected',
        problem: { code: 'ENVIRONMENT_DELETED', message: expect.stringContaining(environment.name) },
      },
    ]);
    await shiftDatabaseClock(31 * 24 * 60 * MINUTE);
    expect(await listConnections(ctx)).toEqual([]);
    expect((await requireConnection(ctx, connection.id)).problem?.code).toBe('ENVIRONMENT_DELETED');
  });

  it('is not the reason for what its owner had disconnected before', async () => {
    const at = await setting();
    await disconnectConnection(at.ctx, at.connection.id);
    await deleteEnvironment(at.admin, { slug: at.environment.slug, confirmation: at.environment.name });
    expect(await listConnections(at.ctx)).toEqual([]);
    expect((await requireConnection(at.ctx, at.connection.id)).problem).toBeNull();
    expect(await getEnvironmentDeletion(at.admin, at.environment.slug)).toMatchObject({ connections: 0 });
  });

  it('takes no grant any more: one that comes is refused and revoked', async () => {
    const { endpoint, environment, ctx } = await deleted();
    const answer = endpoint.consent();
    const user = { orgId: ORG_ID, userId: USER_ID, username: 'ada@acme.example', displayName: 'Ada' };
    const grant = { environmentId: environment.id, app: endpoint.app, answer, ownerId: ctx.personId };
    await expect(
      storeGrant(ctx, {
        ...grant,
        user: { ...user, email: null, locale: null, timeZone: null },
        mayPinOrg: true,
        reconnects: null,
      }),
    ).rejects.toMatchObject({ code: 'ENVIRONMENT_DELETED' });
    expect(endpoint.isAlive(answer.refreshToken)).toBe(false);
    const kept = await withSystem('test', (tx) => tx.select().from(connectionSecrets));
    expect(kept).toEqual([]);
  });

  it('starts no consent and no sign-in', async () => {
    const { environment } = await deleted();
    const { slug } = environment;
    const browser = new Browser();
    await browser.signIn(await makePerson());
    expect((await begin(browser, { environment: slug, intent: 'connect' })).status).toBe(404);
    expect((await begin(new Browser(), { environment: slug, intent: 'sign_in' })).status).toBe(404);
  });

  it('forgets the consents under way, and answers one that comes back without asking the org', async () => {
    const stub = await startSalesforceStub();
    const { slug, name } = await makeStubEnvironment(stub);
    const person = await makePerson();
    const browser = new Browser();
    await browser.signIn(person);
    const url = await beginUrl(browser, { environment: slug, intent: 'connect' });
    expect(await listPendingConsents(contextOf(person))).toHaveLength(1);
    await deleteEnvironment(await makeContext('admin'), { slug, confirmation: name });
    expect(await listPendingConsents(contextOf(person))).toEqual([]);
    const { location } = await comeBack(browser, slug, stub.allow(url, stubUser('ada')));
    expect(location).toBe('/consent/unknown');
    expect(stub.tokenRequests).toEqual([]);
  });

  it('refuses a sign-in that was begun before, and asks the org nothing', async () => {
    const { stub, slug, remove } = await signInAt();
    const browser = new Browser();
    const url = await beginUrl(browser, { environment: slug, intent: 'sign_in' });
    await remove();
    const { location } = await comeBack(browser, slug, stub.allow(url, stubUser('ada')));
    expect(await failureAt(location)).toMatchObject({ code: 'ENVIRONMENT_DELETED' });
    expect(stub.tokenRequests).toEqual([]);
  });

  it('refuses a sign-in during which it is deleted', async () => {
    const { stub, slug, remove } = await signInAt();
    const ada = stubUser('ada');
    stub.override.userinfo = async (_request, response) => {
      await remove();
      const { userId, orgId, username } = ada;
      sendJson(response, 200, { user_id: userId, organization_id: orgId, preferred_username: username });
    };
    const location = await consent(new Browser(), stub, { environment: slug, intent: 'sign_in' }, ada);
    expect(await failureAt(location)).toMatchObject({ code: 'ENVIRONMENT_DELETED' });
  });
});

/** An environment to sign in through, and what deletes its row. */
async function signInAt() {
  const stub = await startSalesforceStub();
  const { slug, id } = await makeStubEnvironment(stub);
  const remove = () =>
    withSystem('test', (tx) =>
      tx.update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, id)),
    );
  return { stub, slug, remove };
}
