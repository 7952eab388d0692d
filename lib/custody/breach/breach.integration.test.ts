import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import {
  breaches,
  connectionSecrets,
  connections,
  consentAttempts,
  people,
  portal,
  serviceCredentials,
  sessions,
  signInLinks,
  strayGrants,
} from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { revokeStrayToken } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { storeGrant } from '@/lib/connections/store-grant';
import { createAttempt } from '@/lib/consent/attempts';
import type { PersonContext } from '@/lib/context';
import { startBreach } from '@/lib/custody/breach/commands';
import { settleBreaches } from '@/lib/custody/breach/progress/settle';
import { getBreach, listBreaches, previewBreach } from '@/lib/custody/breach/queries';
import type { BreachChoice } from '@/lib/custody/breach/types';
import { HANDLERS } from '@/lib/jobs/handlers';
import { registry } from '@/lib/registry';
import { requireApiContext } from '@/lib/session/api';
import { createSignInLink } from '@/lib/session/sign-in-links';
import { Browser } from '@/tests/browser';
import {
  type Connected,
  callThrough,
  makeConnected,
  readStored,
  setPolicy,
  settled,
} from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import {
  contextOf,
  makeConnection,
  makeContext,
  makePerson,
  makeSession,
  systemContext,
} from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EVERYTHING: BreachChoice = { kind: 'all', name: '' };

let admin: PersonContext;

beforeEach(async () => {
  registry().draining = false;
  for (const slot of ['flights', 'pauses', 'revocationPolicy'])
    registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 3_000,
    storePauseMs: { first: 5, longest: 20 },
  });
  await withSystem('test', async (tx) => {
    await tx.delete(strayGrants);
    await tx.delete(connections);
    await tx.delete(breaches);
    await tx.update(sessions).set({ endedAt: new Date() });
    await tx.update(portal).set({ backupDays: null });
  });
  admin = await makeContext('admin');
});

/** Days later the session of before has ended. */
async function signInAnew(): Promise<void> {
  const session = await makeSession(admin.personId, { expiresAt: new Date(Date.now() + 30 * DAY) });
  admin = { ...admin, sessionId: session.id };
}

async function setting() {
  const endpoint = await startTokenEndpoint();
  return { endpoint, ...(await makeConnected(endpoint)) };
}

const form = (confirmation: string, values: Record<string, string> = {}) => ({
  reason: 'A laptop was stolen.',
  backupDays: '',
  endsSessions: 'on',
  confirmation,
  ...values,
});

const pressAll = (values?: Record<string, string>) =>
  startBreach(admin, { choice: EVERYTHING, form: form('everything', values) });

const pressEnvironment = ({ environment }: Pick<Connected, 'environment'>) =>
  startBreach(admin, {
    choice: { kind: 'environment', name: environment.slug },
    form: form(environment.name),
  });

/** Everything that this process does, and then a minute's job of any process. */
const sweep = () => settled().then(() => HANDLERS.revocations({}));

async function progressOf(id: string) {
  const breach = await getBreach(admin, id);
  if (!breach) throw new Error('there is no such breach');
  return breach;
}

/** Sealed values of grants and credentials, wherever they may lie. */
const countSealed = () =>
  withSystem('test', async (tx) => ({
    tokens: await tx.$count(connectionSecrets),
    credentials: await tx.$count(serviceCredentials),
    strays: await tx.$count(strayGrants, isNull(strayGrants.finishedAt)),
  }));

const NOTHING_SEALED = { tokens: 0, credentials: 0, strays: 0 };

/** A grant that no connection holds, whose first revocation is not answered. */
async function makeStray({ endpoint, environment, connection }: Awaited<ReturnType<typeof setting>>) {
  endpoint.revokeFaults.push('drop');
  const { refreshToken } = endpoint.consent();
  const origin = { connectionId: connection.id, grantId: randomUUID(), generation: 1 };
  const app = { environmentId: environment.id, app: endpoint.app, orgId: ORG_ID, userId: USER_ID };
  await revokeStrayToken({ ...origin, ...app }, refreshToken, 'superseded by a new consent');
}

/** A connection whose refresh was sent and not answered: its token may be spent. */
async function makeUncertain(
  at: Pick<Connected, 'source'> & { endpoint: Awaited<ReturnType<typeof setting>>['endpoint'] },
) {
  at.endpoint.expireAccessTokens();
  at.endpoint.faults.push('drop-after');
  await expect(callThrough(at.endpoint, at.source)).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
}

describe('the breach button', () => {
  it('ends every grant of the scope, leaves nothing sealed, and says how each end was seen', async () => {
    const at = await setting();
    await makeConnected(at.endpoint);
    const service = await makeConnected(at.endpoint);
    await withSystem('test', async (tx) => {
      const values = { ownerId: null, name: 'Nightly export' };
      await tx.update(connections).set(values).where(eq(connections.id, service.connection.id));
      const prepared = { environmentId: at.environment.id, ownerId: null };
      const { id } = await makeConnection(prepared, {
        state: 'disconnected',
        flow: 'jwt_bearer',
        name: 'Prepared',
      });
      await tx.insert(serviceCredentials).values([
        { connectionId: id, username: 'x', secret: 'sealed' },
        { connectionId: service.connection.id, username: 'x', secret: 'sealed' },
      ]);
    });
    const waiting = await makeConnected(at.endpoint);
    at.endpoint.revokeFaults.push('drop');
    await disconnectConnection(waiting.ctx, waiting.connection.id);
    await makeStray(at);

    const preview = await previewBreach(admin, EVERYTHING);
    expect(preview).toMatchObject({
      scopeName: 'everything',
      backupDays: null,
      grants: { connections: 3, serviceConnections: 1, waiting: 1, strayGrants: 1, unsendable: 0 },
    });
    const id = await pressAll({ backupDays: '30' });
    await settled();

    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [] });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
    const breach = await progressOf(id);
    expect(breach).toMatchObject({
      kind: 'all',
      scopeName: 'everything',
      reason: 'A laptop was stolen.',
      startedBy: admin.personId,
      startedByName: admin.displayName,
      finishedAt: expect.any(String),
      backupDays: 30,
      counts: { grants: 5, confirmed: 5, ended: 0, unsendable: 0, gaveUp: 0, revoking: 0, waiting: 0 },
    });
    expect(Date.parse(breach.backupsUntil ?? '') - Date.parse(breach.finishedAt ?? '')).toBe(30 * DAY);
    expect(breach.grants.map(({ proof }) => proof)).toEqual(Array(5).fill('introspection'));
    expect(breach.grants.find((one) => one.id === at.connection.id)).toMatchObject({
      kind: 'connection',
      grantId: at.connection.grantId,
      ownerName: at.ctx.displayName,
      environmentName: at.environment.name,
      orgId: ORG_ID,
      username: at.connection.username,
      scopes: ['api', 'refresh_token'],
      endedAt: expect.any(String),
      forgottenAt: expect.any(String),
    });
    expect(breach.grants.find(({ kind }) => kind === 'stray')).toMatchObject({
      ownerName: at.ctx.displayName,
      username: at.connection.username,
    });
    expect((await auditOf('breach.start')).at(-1)).toMatchObject({
      subjectId: id,
      personId: admin.personId,
      details: { scope: 'all', connections: 4, strayGrants: 1, backupDays: 30 },
    });
    expect((await auditOf('breach.finish')).at(-1)).toMatchObject({
      subjectId: id,
      actorKind: 'system',
      details: { confirmed: 5, unsendable: 0, gaveUp: 0 },
    });
    expect((await previewBreach(admin, EVERYTHING)).backupDays).toBe(30);
    expect(await listBreaches(admin)).toMatchObject([{ id, grants: 5, ended: 5 }]);
  });

  it('keeps to one environment and to one person', async () => {
    const at = await setting();
    const elsewhere = await makeConnected(at.endpoint, { ctx: at.ctx });
    const other = await makeConnected(at.endpoint);
    const first = await pressEnvironment(at);
    await settled();
    expect((await progressOf(first)).counts).toMatchObject({ grants: 1, confirmed: 1 });
    expect((await readStored(elsewhere.connection.id)).row.state).toBe('idle');
    const second = await startBreach(admin, {
      choice: { kind: 'person', name: at.ctx.personId },
      form: form(at.ctx.displayName),
    });
    await settled();
    expect(await progressOf(second)).toMatchObject({
      kind: 'person',
      scopeId: at.ctx.personId,
      counts: { grants: 1, confirmed: 1 },
    });
    expect((await readStored(other.connection.id)).row.state).toBe('idle');
    expect(at.endpoint.liveGrants).toBe(1);
  });

  it('says that there was nothing, and finishes', async () => {
    const id = await pressAll();
    await settled();
    expect(await progressOf(id)).toMatchObject({
      finishedAt: expect.any(String),
      backupsUntil: null,
      counts: { grants: 0 },
    });
  });

  it('goes on after a kill: what its process had not reached is the sweep’s', async () => {
    const at = await setting();
    await makeConnected(at.endpoint);
    registry().draining = true;
    const id = await pressAll();
    await settled();
    registry().draining = false;
    expect(at.endpoint.revokes).toBe(0);
    expect(await progressOf(id)).toMatchObject({ finishedAt: null, counts: { confirmed: 0, revoking: 2 } });
    await expect(at.source.current()).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    await sweep();
    expect(await progressOf(id)).toMatchObject({
      finishedAt: expect.any(String),
      counts: { grants: 2, confirmed: 2 },
    });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
  });

  it('is settled by whoever comes, once', async () => {
    await setting();
    registry().draining = true;
    await pressAll();
    await settled();
    registry().draining = false;
    await Promise.all([sweep(), sweep(), settleBreaches()]);
    await Promise.all([settleBreaches(), settleBreaches()]);
    const [breach] = await listBreaches(admin);
    const finished = (await auditOf('breach.finish')).filter(({ subjectId }) => subjectId === breach?.id);
    expect(finished).toHaveLength(1);
  });

  it('leaves an org that does not answer open, with its words, and is done when it does', async () => {
    const at = await setting();
    at.endpoint.revokeFaults.push('http-503');
    const id = await pressAll({ backupDays: '7' });
    await sweep();
    expect(await progressOf(id)).toMatchObject({
      finishedAt: null,
      backupDays: 7,
      backupsUntil: null,
      counts: { confirmed: 0, waiting: 1 },
      grants: [{ outcome: null, error: expect.stringContaining('http_503'), nextAt: expect.any(String) }],
    });
    expect((await countSealed()).tokens).toBe(1);
    await shiftDatabaseClock(DAY);
    await sweep();
    const breach = await progressOf(id);
    expect(breach).toMatchObject({
      counts: { confirmed: 1 },
      grants: [{ outcome: 'confirmed', error: null }],
    });
    expect(Date.parse(breach.backupsUntil ?? '') - Date.parse(breach.startedAt)).toBeGreaterThan(7.9 * DAY);
    expect(await countSealed()).toEqual(NOTHING_SEALED);
  });

  it('never sends a token that may be spent or has ended, and deletes it all the same', async () => {
    const at = await setting();
    await makeUncertain(at);
    const ended = await makeConnected(at.endpoint);
    at.endpoint.expireAccessTokens();
    at.endpoint.faults.push('expired');
    await expect(callThrough(at.endpoint, ended.source)).rejects.toMatchObject({ code: 'GRANT_ENDED' });
    expect((await previewBreach(admin, EVERYTHING)).unsent).toEqual({ unsendable: 1, ended: 1 });
    const id = await pressAll();
    await settled();
    expect(at.endpoint).toMatchObject({ revokes: 0, violations: [] });
    expect(await progressOf(id)).toMatchObject({
      finishedAt: expect.any(String),
      counts: { unsendable: 1, ended: 1 },
      grants: [
        { outcome: 'unsendable', endedAt: null, forgottenAt: expect.any(String) },
        { outcome: 'ended', proof: null, endedAt: expect.any(String), forgottenAt: expect.any(String) },
      ],
    });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
    expect((await auditOf('token.forget')).at(-1)).toMatchObject({
      subjectId: at.connection.id,
      details: { grantId: at.connection.grantId },
    });
  });

  it('keeps on trying for seven days; then the tokens go unconfirmed', async () => {
    const at = await setting();
    await makeStray(at);
    at.endpoint.revokeFaults.push(...Array(20).fill('http-503'));
    const id = await pressAll();
    await sweep();
    expect((await progressOf(id)).counts).toMatchObject({ waiting: 2, gaveUp: 0 });
    await shiftDatabaseClock(8 * DAY);
    await sweep();
    expect(await progressOf(id)).toMatchObject({
      finishedAt: expect.any(String),
      counts: { gaveUp: 2 },
      grants: [
        { outcome: 'gave_up', error: expect.stringContaining('http_503') },
        { outcome: 'gave_up', error: expect.stringContaining('http_503') },
      ],
    });
    expect((await readStored(at.connection.id)).row.state).toBe('disconnected');
    expect(await countSealed()).toEqual(NOTHING_SEALED);
    await signInAnew();
    const again = await pressAll();
    await settled();
    expect(await progressOf(again)).toMatchObject({ counts: { grants: 1, gaveUp: 1 } });
  });

  it('tries again what was given up before, also when its own process is killed first', async () => {
    const at = await setting();
    at.endpoint.revokeFaults.push('http-503', 'http-503', 'http-503');
    await disconnectConnection(at.ctx, at.connection.id);
    await shiftDatabaseClock(8 * DAY);
    await HANDLERS.revocations({});
    expect((await readStored(at.connection.id)).row).toMatchObject({
      state: 'disconnecting',
      revocationNextAt: null,
    });
    await signInAnew();
    registry().draining = true;
    const id = await pressAll();
    await settled();
    registry().draining = false;
    await settleBreaches();
    expect((await countSealed()).tokens).toBe(1);
    await sweep();
    // One more refusal is not the end: its days of trying began anew.
    expect((await progressOf(id)).counts).toMatchObject({ grants: 1, gaveUp: 0, waiting: 1 });
    await shiftDatabaseClock(9 * DAY);
    await sweep();
    expect((await progressOf(id)).counts).toMatchObject({ grants: 1, confirmed: 1 });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
  });

  it('leaves a refresh in flight to its holder, who revokes what it brings', async () => {
    const at = await setting();
    at.endpoint.expireAccessTokens();
    let id = '';
    at.endpoint.beforeAnswer = async () => {
      id = await pressAll();
    };
    await expect(callThrough(at.endpoint, at.source)).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    await sweep();
    expect(await progressOf(id)).toMatchObject({ finishedAt: expect.any(String), counts: { confirmed: 1 } });
    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [], revokes: 1 });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
  });

  it('follows an answer that comes after the grant was written off: its tokens are revoked, too', async () => {
    const at = await setting();
    at.endpoint.expireAccessTokens();
    let id = '';
    at.endpoint.beforeAnswer = async () => {
      id = await pressAll();
      await shiftDatabaseClock(30 * MINUTE);
      await HANDLERS.revocations({});
      expect((await progressOf(id)).counts).toMatchObject({ unsendable: 1 });
      expect((await countSealed()).tokens).toBe(0);
      at.endpoint.revokeFaults.push('http-503');
    };
    await expect(callThrough(at.endpoint, at.source)).rejects.toMatchObject({ code: 'GRANT_DISCONNECTED' });
    // It is in the queue, which deletes what it gives up; nothing is sealed in the connection again.
    expect(await countSealed()).toEqual({ tokens: 0, credentials: 0, strays: 1 });
    // While it is sealed there, the breach has not finished.
    await settleBreaches();
    expect(await progressOf(id)).toMatchObject({ finishedAt: null, counts: { unsendable: 0, confirmed: 0 } });
    await shiftDatabaseClock(DAY);
    await sweep();
    expect(await progressOf(id)).toMatchObject({
      counts: { confirmed: 1, unsendable: 0 },
      grants: [{ outcome: 'confirmed', proof: expect.any(String), endedAt: expect.any(String) }],
    });
    expect(at.endpoint).toMatchObject({ liveGrants: 0, violations: [] });
    expect(await countSealed()).toEqual(NOTHING_SEALED);
  });

  it('is pressed by whoever is an administrator when its turn comes, in a session that lives', async () => {
    await setting();
    await withSystem('test', (tx) => tx.update(sessions).set({ endedAt: new Date() }));
    await expect(pressAll()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    admin = await makeContext('admin');
    await withSystem('test', (tx) =>
      tx.update(people).set({ role: 'auditor' }).where(eq(people.id, admin.personId)),
    );
    await expect(pressAll()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await listBreaches(admin)).toEqual([]);
  });

  it('shows its grants to nobody without a row in the audit log, one an hour', async () => {
    await setting();
    const id = await pressAll();
    await sweep();
    const looks = async () =>
      (await auditOf('custody.list')).filter(({ details }) => details.breach === id).length;
    expect(await looks()).toBe(0);
    await progressOf(id);
    await progressOf(id);
    expect(await looks()).toBe(1);
    await getBreach(await makeContext('auditor'), id);
    expect(await looks()).toBe(2);
  });

  it('is pressed once more after a deadlock with a refresh that is refused', async () => {
    const { connection, environment } = await setting();
    let pressed: Promise<string> | undefined;
    await asOwner((owner) =>
      owner.begin(async (tx) => {
        await tx`SELECT id FROM orgdock.connections WHERE id = ${connection.id} FOR UPDATE`;
        pressed = pressAll();
        await vi.waitUntil(async () => {
          const [row] = await tx`SELECT count(*)::int AS waiting FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          return (row?.waiting as number) > 0;
        });
        // The breach holds this row and has waited for longer: it is the one that PostgreSQL ends.
        await tx`UPDATE orgdock.environments SET app_fault_at = NULL WHERE id = ${environment.id}`;
      }),
    );
    expect(await pressed).toEqual(expect.any(String));
    await sweep();
    expect((await progressOf((await pressed) ?? '')).counts).toMatchObject({ grants: 1, confirmed: 1 });
  });

  it('runs beside a second one of the same grants, and both come to their end', async () => {
    const at = await setting();
    await makeUncertain(at);
    const other = await makeConnected(at.endpoint);
    at.endpoint.revokeFaults.push('http-503', 'http-503');
    const [first, second] = [await pressAll(), await pressEnvironment(other)];
    await settled();
    expect((await progressOf(first)).finishedAt).toBeNull();
    // The second may have left the first at work, and so not have met its fault.
    at.endpoint.revokeFaults.length = 0;
    await shiftDatabaseClock(DAY);
    await sweep();
    expect(await progressOf(first)).toMatchObject({
      finishedAt: expect.any(String),
      counts: { confirmed: 1, unsendable: 1 },
    });
    expect(await progressOf(second)).toMatchObject({
      finishedAt: expect.any(String),
      counts: { confirmed: 1 },
    });
    expect(at.endpoint.violations).toEqual([]);
  });

  it('does not block new consents, and follows the grant that one replaces', async () => {
    const at = await setting();
    at.endpoint.revokeFaults.push('http-503', 'http-503');
    const id = await pressAll();
    await settled();
    await storeGrant(at.ctx, {
      environmentId: at.environment.id,
      app: at.endpoint.app,
      answer: at.endpoint.consent(),
      user: {
        orgId: ORG_ID,
        userId: USER_ID,
        username: at.connection.username,
        displayName: 'Grace',
        email: null,
        locale: null,
        timeZone: null,
      },
      ownerId: at.ctx.personId,
      mayPinOrg: false,
      reconnects: null,
    });
    await settled();
    expect((await readStored(at.connection.id)).row.state).toBe('idle');
    expect(await progressOf(id)).toMatchObject({ finishedAt: null, grants: [{ outcome: null }] });
    await shiftDatabaseClock(DAY);
    await sweep();
    expect(await progressOf(id)).toMatchObject({
      grants: [{ outcome: 'confirmed', proof: 'introspection' }],
    });
    expect((await readStored(at.connection.id)).row.state).toBe('idle');
    expect(at.endpoint.liveGrants).toBe(1);
  });

  it('takes back consents under way', async () => {
    const at = await setting();
    const attempt = { environmentId: at.environment.id, app: at.endpoint.app, intent: 'connect' as const };
    const browser = { browser: 'a browser', person: at.ctx, callbackPath: '', fresh: false };
    await withSystem('test', (tx) =>
      createAttempt(tx, { ...attempt, ...browser, reconnects: null, invitationId: null }),
    );
    await pressEnvironment(at);
    await settled();
    expect(await withSystem('test', (tx) => tx.$count(consentAttempts))).toBe(0);
  });

  it('is pressed by administrators only', async () => {
    const at = await setting();
    for (const role of ['member', 'auditor'] as const) {
      const press = startBreach(await makeContext(role), { choice: EVERYTHING, form: form('everything') });
      await expect(press).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect((await readStored(at.connection.id)).row.state).toBe('idle');
  });

  it('is for an auditor to read, and for no member', async () => {
    const id = await pressAll();
    await settled();
    const auditor = await makeContext('auditor');
    expect(await getBreach(auditor, id)).toMatchObject({ id });
    expect(await listBreaches(auditor)).toHaveLength(1);
    expect((await previewBreach(auditor, EVERYTHING)).grants.connections).toBe(0);
    const member = await makeContext();
    for (const read of [getBreach(member, id), listBreaches(member), previewBreach(member, EVERYTHING)]) {
      await expect(read).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await getBreach(admin, randomUUID())).toBeNull();
    expect(await getBreach(admin, 'no id')).toBeNull();
  });

  it('asks for its name, a reason and a number of days, and changes nothing otherwise', async () => {
    const at = await setting();
    const press = (values: Record<string, string>) => pressAll(values).catch((error: unknown) => error);
    expect(await press({ confirmation: 'all' })).toMatchObject({
      code: 'INVALID_INPUT',
      details: { confirmation: expect.stringContaining('everything') },
    });
    expect(await press({ reason: ' ' })).toMatchObject({ details: { reason: expect.any(String) } });
    expect(await press({ backupDays: 'many' })).toMatchObject({
      details: { backupDays: expect.any(String) },
    });
    const unknown = { kind: 'environment', name: 'never-was' } as const;
    await expect(startBreach(admin, { choice: unknown, form: form('x') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listBreaches(admin)).toEqual([]);
    expect((await readStored(at.connection.id)).row.state).toBe('idle');
  });
});

describe('the sessions of a breach', () => {
  const isLive = (browser: Browser) =>
    requireApiContext(browser.get('/api')).then(
      () => true,
      () => false,
    );

  async function signedIn(ctx: PersonContext) {
    const browser = new Browser();
    await browser.signIn({ id: ctx.personId } as never);
    return browser;
  }

  it('end for everybody but the one who pressed', async () => {
    const at = await setting();
    const grace = await signedIn(at.ctx);
    const person = await makePerson({ role: 'admin' });
    const own = new Browser();
    const presser = contextOf(person, (await own.signIn(person)) as never);
    await makeSession(person.id);
    await withSystem('test', (tx) => createSignInLink(tx, systemContext(), at.ctx.personId));
    expect(await previewBreach(presser, EVERYTHING)).toMatchObject({ sessions: 4, signInLinks: 1 });

    const id = await startBreach(presser, { choice: EVERYTHING, form: form('everything') });
    await settled();
    expect([await isLive(grace), await isLive(own)]).toEqual([false, true]);
    expect(await progressOf(id)).toMatchObject({ endsSessions: true, sessionsEnded: 4 });
    expect(await withSystem('test', (tx) => tx.$count(signInLinks))).toBe(0);
    const told = (await auditOf('session.end')).filter(({ personId }) => personId === presser.personId);
    expect(told.map(({ details }) => details.reason)).toEqual(Array(4).fill('breach'));
  });

  it('end for the owners of an environment’s grants only', async () => {
    const at = await setting();
    const [owner, other] = [await signedIn(at.ctx), await signedIn(await makeContext())];
    expect(
      (await previewBreach(admin, { kind: 'environment', name: at.environment.slug })).sessionsOf,
    ).toEqual([{ id: at.ctx.personId, name: at.ctx.displayName, sessions: 2 }]);
    await pressEnvironment(at);
    await settled();
    expect([await isLive(owner), await isLive(other)]).toEqual([false, true]);
  });

  it('stay when that is what was asked for', async () => {
    const at = await setting();
    const grace = await signedIn(at.ctx);
    const { endsSessions: _, ...without } = form('everything');
    const id = await startBreach(admin, { choice: EVERYTHING, form: without });
    await settled();
    expect(await isLive(grace)).toBe(true);
    expect(await progressOf(id)).toMatchObject({ endsSessions: false, sessionsEnded: 0 });
    const live = await withSystem('test', (tx) =>
      tx.$count(sessions, and(eq(sessions.personId, at.ctx.personId), isNull(sessions.endedAt))),
    );
    expect(live).toBe(2);
  });
});
