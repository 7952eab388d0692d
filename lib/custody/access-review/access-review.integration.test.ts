import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { type Tx, withActor, withSystem } from '@/db/client';
import { accessReviewItems, accessReviews, connections, people, sessions } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { claimRevocation } from '@/lib/connections/revocation/claim';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import type { PersonContext } from '@/lib/context';
import { closeReview, startReview } from '@/lib/custody/access-review/commands';
import { decideGrants } from '@/lib/custody/access-review/decide';
import { exportReview } from '@/lib/custody/access-review/export';
import { listReviews, viewReview } from '@/lib/custody/access-review/queries';
import { parseReviewFilter } from '@/lib/custody/access-review/schema';
import type { ReviewItem } from '@/lib/custody/access-review/types';
import { deleteEnvironment } from '@/lib/custody/environment-deletion/commands';
import { registry } from '@/lib/registry';
import { readStored } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { asOwner, shiftDatabaseClock } from '@/tests/database-owner';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { useSimulatedOrgs } from '@/tests/simulated';

const MINUTE = 60_000;
const DAY = 86_400_000;
const EVERYTHING = parseReviewFilter({});

async function view(ctx: PersonContext, id: string, search: Record<string, string> = {}) {
  const page = await viewReview(ctx, id, parseReviewFilter(search));
  if (!page) throw new Error('no such review');
  return page;
}

async function itemOf(ctx: PersonContext, reviewId: string, connectionId: string): Promise<ReviewItem> {
  const item = (await view(ctx, reviewId)).items.find((one) => one.connectionId === connectionId);
  if (!item) throw new Error('no such item');
  return item;
}

const decide = (
  ctx: PersonContext,
  reviewId: string,
  decision: 'keep' | 'revoke',
  ids: string[],
  note: string | null = null,
) => decideGrants(ctx, { reviewId, decision, connectionIds: ids, note });

async function isAlive(id: string): Promise<boolean> {
  return (await readStored(id)).row.state === 'idle';
}

const waitingForLocks = () =>
  asOwner(async (sql) => {
    const [row] = await sql`SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.waiting;
  });

describe('access reviews', () => {
  const orgs = useSimulatedOrgs();

  /** Two people with a grant each in one environment, and a review of it. */
  async function makeReview() {
    const admin = await makeContext('admin');
    const environment = await orgs.makeEnvironment('production', {
      name: `Production ${randomUUID().slice(0, 8)}`,
    });
    const grace = await orgs.connect(environment, 'grace');
    const franz = await orgs.connect(environment, 'franz');
    const id = await startReview(admin, environment.slug);
    return { admin, environment, grace, franz, id };
  }

  describe('starting an access review', () => {
    it('writes down every live grant of its scope as it stands', async () => {
      const admin = await makeContext('admin');
      const environment = await makeEnvironment({ name: 'Production' });
      const elsewhere = await makeEnvironment({ name: 'UAT' });
      const owner = await makeContext();
      const consentedAt = new Date('2026-01-05T10:00:00Z');
      const lastUsedAt = new Date('2026-02-05T10:00:00Z');
      const own = { ownerId: owner.personId, environmentId: environment.id };
      const kept = await makeConnection(own, { scopes: ['api', 'full'], consentedAt, lastUsedAt });
      const dead = await makeConnection(own, { state: 'needs_reconnect' });
      const service = await makeConnection(
        { ownerId: null, environmentId: environment.id },
        { name: 'Nightly' },
      );
      await makeConnection(own, { state: 'disconnected' });
      await makeConnection(own, { state: 'disconnecting' });
      const other = await makeConnection({ ownerId: owner.personId, environmentId: elsewhere.id });

      const id = await startReview(admin, environment.slug);
      const { review, items, undecided } = await view(admin, id);
      expect(review).toMatchObject({
        scope: 'Production',
        startedBy: admin.displayName,
        closed: null,
        grants: 3,
      });
      expect(undecided).toBe(3);
      expect(items.map(({ connectionId }) => connectionId).sort()).toEqual(
        [kept.id, dead.id, service.id].sort(),
      );
      expect(items.find(({ connectionId }) => connectionId === kept.id)).toEqual({
        connectionId: kept.id,
        grantId: kept.grantId,
        owner: owner.displayName,
        isService: false,
        environmentName: 'Production',
        orgId: kept.orgId,
        username: kept.username,
        scopes: ['api', 'full'],
        connectedAt: consentedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        standing: 'unchanged',
        note: '',
        decided: null,
        outcome: null,
      });
      expect(items.find(({ connectionId }) => connectionId === service.id)).toMatchObject({
        owner: 'Nightly',
        isService: true,
      });
      expect((await auditOf('access_review.start')).at(-1)).toMatchObject({
        personId: admin.personId,
        subjectId: id,
        details: { scope: 'Production', environmentId: environment.id, grants: 3 },
      });

      const everywhere = await startReview(admin, null);
      const all = await view(admin, everywhere);
      expect(all.items.map(({ connectionId }) => connectionId)).toContain(other.id);
      expect(all.review).toMatchObject({ scope: 'All environments', grants: 4 });
      expect((await listReviews(admin)).slice(0, 2).map((one) => one.id)).toEqual([everywhere, id]);
    });

    it('needs a grant, and an environment that is there', async () => {
      const admin = await makeContext('admin');
      const { slug } = await makeEnvironment();
      await expect(startReview(admin, slug)).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(startReview(admin, 'made-up')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(
        await withSystem('test', (tx) =>
          tx.$count(accessReviews, eq(accessReviews.startedBy, admin.personId)),
        ),
      ).toBe(0);
    });

    it('is narrowed to the undecided, the long unused and the scope full', async () => {
      const admin = await makeContext('admin');
      const environment = await makeEnvironment();
      const own = { ownerId: admin.personId, environmentId: environment.id };
      const ago = (days: number) => new Date(Date.now() - days * DAY);
      const unused = await makeConnection(own, { consentedAt: ago(200), lastUsedAt: ago(90.1) });
      const never = await makeConnection(own, { consentedAt: ago(91) });
      const young = await makeConnection(own, { consentedAt: ago(89) });
      const used = await makeConnection(own, {
        consentedAt: ago(200),
        lastUsedAt: ago(89.9),
        scopes: ['api', 'full'],
      });
      const id = await startReview(admin, environment.slug);
      await decide(admin, id, 'keep', [never.id]);
      const shown = async (search: Record<string, string>) =>
        (await view(admin, id, search)).items.map(({ connectionId }) => connectionId).sort();
      expect(await shown({ unused: '1' })).toEqual([unused.id, never.id].sort());
      expect(await shown({ full: '1' })).toEqual([used.id]);
      expect(await shown({ undecided: '1' })).toEqual([unused.id, young.id, used.id].sort());
      expect(await shown({ undecided: '1', unused: '1' })).toEqual([unused.id]);
      expect(await shown({ full: 'yes', page: '99' })).toHaveLength(4);
    });
  });

  describe('deciding in an access review', () => {
    it('keeps one and revokes another at Salesforce, and says who decided and what became of it', async () => {
      const { admin, grace, franz, id } = await makeReview();
      const later = await makeContext('admin');
      expect(await decide(admin, id, 'keep', [grace.id], ' Works with it daily. ')).toEqual({
        decided: 1,
        left: [],
      });
      expect(await decide(later, id, 'revoke', [franz.id])).toEqual({ decided: 1, left: [] });
      expect(await itemOf(admin, id, grace.id)).toMatchObject({
        decided: { decision: 'keep', by: admin.displayName, at: expect.any(String) },
        note: 'Works with it daily.',
        outcome: null,
      });
      expect(await itemOf(admin, id, franz.id)).toMatchObject({
        decided: { decision: 'revoke', by: later.displayName },
        outcome: 'confirmed',
      });
      expect((await readStored(franz.id)).row).toMatchObject({
        state: 'disconnected',
        revocation: 'confirmed',
      });
      expect(await isAlive(grace.id)).toBe(true);
      const live = (await orgs.control.listGrants('production')).filter(
        ({ ended, refreshToken }) => ended === null && refreshToken !== null,
      );
      expect(live).toHaveLength(1);
      expect(await orgs.control.counts()).toMatchObject({ violations: 0 });
      expect((await view(admin, id)).review).toMatchObject({ kept: 1, revoked: 1, grants: 2 });
      const rows = (await auditOf('access_review.decide')).filter(({ subjectId }) => subjectId === id);
      expect(rows.map(({ personId, details }) => [personId, details.decision, details.connectionId])).toEqual(
        [
          [admin.personId, 'keep', grace.id],
          [later.personId, 'revoke', franz.id],
        ],
      );
    });

    it('changes what was kept as long as the review is open, and nothing that was revoked', async () => {
      const { admin, grace, franz, id } = await makeReview();
      await decide(admin, id, 'keep', [grace.id, franz.id]);
      expect(await decide(admin, id, 'revoke', [franz.id])).toEqual({ decided: 1, left: [] });
      expect(await decide(admin, id, 'keep', [grace.id, franz.id])).toMatchObject({
        decided: 1,
        left: [expect.any(String)],
      });
      expect(await decide(admin, id, 'revoke', [franz.id])).toMatchObject({ decided: 0 });
      expect((await itemOf(admin, id, franz.id)).decided?.decision).toBe('revoke');
      const decisions = (await auditOf('access_review.decide')).filter(({ subjectId }) => subjectId === id);
      expect(decisions.map(({ details }) => `${details.before} ${details.decision}`).sort()).toEqual([
        'keep keep',
        'keep revoke',
        'null keep',
        'null keep',
      ]);
    });

    it('revokes no grant that is not the one that was written down, and says so', async () => {
      const { admin, environment, grace, franz, id } = await makeReview();
      const again = await orgs.connect(environment, 'grace', grace.ctx);
      expect(again.id).toBe(grace.id);
      await disconnectConnection(franz.ctx, franz.id);
      expect(await itemOf(admin, id, grace.id)).toMatchObject({ standing: 'replaced' });
      expect(await itemOf(admin, id, franz.id)).toMatchObject({ standing: 'ended' });
      for (const decision of ['revoke', 'keep'] as const) {
        const report = await decide(admin, id, decision, [grace.id, franz.id]);
        expect(report).toMatchObject({ decided: 0, left: [expect.any(String), expect.any(String)] });
      }
      expect(await isAlive(grace.id)).toBe(true);
      const { undecided, changed } = await view(admin, id);
      expect({ undecided, changed }).toEqual({ undecided: 0, changed: 2 });
      await closeReview(admin, { id, undecided: 0 });
      expect((await itemOf(admin, id, grace.id)).note).toMatch(/replaced by a new consent/);
      expect((await itemOf(admin, id, franz.id)).note).toMatch(/had ended/);
      expect((await auditOf('access_review.close')).at(-1)?.details).toEqual({
        kept: 0,
        revoked: 0,
        changed: 2,
        undecided: 0,
      });
    });

    it('revokes a grant once when two administrators decide at the same moment', async () => {
      const { admin, grace, id } = await makeReview();
      const other = await makeContext('admin');
      const reports = await Promise.all([admin, other].map((ctx) => decide(ctx, id, 'revoke', [grace.id])));
      expect(reports.map(({ decided }) => decided).sort()).toEqual([0, 1]);
      const rows = (await auditOf('connection.disconnect')).filter(({ subjectId }) => subjectId === grace.id);
      expect(rows).toHaveLength(1);
    });

    it('goes on in the queue when the org does not confirm', async () => {
      const { admin, grace, id } = await makeReview();
      await withSystem('test', (tx) =>
        tx.update(connections).set({ tokenHost: 'http://127.0.0.1:1' }).where(eq(connections.id, grace.id)),
      );
      await decide(admin, id, 'revoke', [grace.id]);
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('unconfirmed');
      await withSystem('test', (tx) =>
        tx
          .update(connections)
          .set({ tokenHost: orgs.org('production').origin, revocationNextAt: new Date(0) })
          .where(eq(connections.id, grace.id)),
      );
      await sweepRevocations();
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('confirmed');
    });

    it('follows a revoked grant when its owner connects anew before the org has confirmed it', async () => {
      const { admin, environment, grace, id } = await makeReview();
      const fault = await orgs.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
      await decide(admin, id, 'revoke', [grace.id]);
      await orgs.connect(environment, 'grace', grace.ctx);
      await Promise.all(registry().unfinished);
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('unconfirmed');
      expect(await exportReview(admin, id)).toContain(`,unconfirmed,${grace.id},`);
      await orgs.control.removeFault(fault);
      await shiftDatabaseClock(3 * MINUTE);
      await sweepRevocations();
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('confirmed');
      expect(await exportReview(admin, id)).toContain(`,confirmed,${grace.id},`);
      expect(await isAlive(grace.id)).toBe(true);
    });

    it('says that a revocation waits for its next try when the process of the first was killed', async () => {
      const { admin, grace, id } = await makeReview();
      registry().draining = true;
      await decide(admin, id, 'revoke', [grace.id]);
      registry().draining = false;
      const killed = await withSystem('test', (tx) =>
        claimRevocation(tx, grace.id, { why: 'test', trigger: 'disconnect' }),
      );
      killed?.lease.end();
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('revoking');
      await orgs.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
      await shiftDatabaseClock(3 * MINUTE);
      expect(await sweepRevocations()).toBe(1);
      const { row, audit } = await readStored(grace.id);
      expect(row).toMatchObject({ revocation: 'unconfirmed', revocationTries: 2 });
      expect(audit.map(({ action }) => action)).not.toContain('token.revoke');
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('unconfirmed');
      await withSystem('test', (tx) =>
        tx.update(connections).set({ revocationNextAt: null }).where(eq(connections.id, grace.id)),
      );
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('unsendable');
    });

    it('says that Salesforce had ended a grant before, where it had', async () => {
      const { admin, grace, id } = await makeReview();
      await orgs.control.act({ act: 'revoke_grants', org: 'production' });
      await grace.renew().catch(() => null);
      await decide(admin, id, 'revoke', [grace.id]);
      expect((await itemOf(admin, id, grace.id)).outcome).toBe('ended');
    });

    it.each<[string, (tx: Tx, ctx: PersonContext) => Promise<unknown>]>([
      [
        'the role',
        (tx, { personId }) => tx.update(people).set({ role: 'member' }).where(eq(people.id, personId)),
      ],
      [
        'their account',
        (tx, { personId }) =>
          tx.update(people).set({ deactivatedAt: new Date() }).where(eq(people.id, personId)),
      ],
      [
        'the session',
        (tx, { sessionId }) =>
          tx.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, sessionId)),
      ],
    ])('is refused to an administrator who loses %s while they wait', async (_, take) => {
      const { admin, grace, franz, id } = await makeReview();
      const { attempts } = await withSystem('test', async (tx) => {
        await tx.select().from(accessReviews).where(eq(accessReviews.id, id)).for('update');
        const begun = Promise.allSettled([
          decide(admin, id, 'keep', [grace.id]),
          decide(admin, id, 'revoke', [franz.id]),
          closeReview(admin, { id, undecided: 2 }),
        ]);
        await vi.waitFor(async () => expect(await waitingForLocks()).toBe(3), { timeout: 5_000 });
        await take(tx, admin);
        return { attempts: begun };
      });
      for (const attempt of await attempts) {
        expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'FORBIDDEN' } });
      }
      expect((await view(await makeContext('admin'), id)).review).toMatchObject({
        closed: null,
        kept: 0,
        revoked: 0,
      });
      expect(await isAlive(franz.id)).toBe(true);
    });

    it('is refused for what the review does not hold', async () => {
      const { admin, grace, id } = await makeReview();
      await expect(decide(admin, id, 'keep', [grace.id, randomUUID()])).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      for (const unknown of ['x', randomUUID()]) {
        await expect(decide(admin, unknown, 'keep', [grace.id])).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(closeReview(admin, { id: unknown, undecided: 0 })).rejects.toMatchObject({
          code: 'NOT_FOUND',
        });
        await expect(exportReview(admin, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        expect(await viewReview(admin, unknown, EVERYTHING)).toBeNull();
      }
      for (const wrong of [
        { decision: 'delete', connectionIds: [grace.id], note: '' },
        { decision: 'keep', connectionIds: [], note: '' },
        { decision: 'keep', connectionIds: ['x'], note: '' },
        { decision: 'keep', connectionIds: [grace.id], note: 'x'.repeat(501) },
      ]) {
        await expect(decideGrants(admin, { reviewId: id, ...wrong })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        });
      }
      expect((await view(admin, id)).review).toMatchObject({ kept: 0, revoked: 0 });
    });

    it('is for administrators; an auditor reads and exports, a member does nothing', async () => {
      const { environment, grace, id } = await makeReview();
      const [auditor, member] = [await makeContext('auditor'), await makeContext()];
      for (const ctx of [auditor, member]) {
        for (const attempt of [
          startReview(ctx, environment.slug),
          decide(ctx, id, 'keep', [grace.id]),
          decide(ctx, id, 'revoke', [grace.id]),
          closeReview(ctx, { id, undecided: 9 }),
        ]) {
          await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
        }
        const written = await withActor(ctx, (tx) =>
          tx
            .update(accessReviewItems)
            .set({ decision: 'keep' })
            .where(eq(accessReviewItems.reviewId, id))
            .returning(),
        );
        expect(written).toEqual([]);
      }
      expect((await view(auditor, id)).total).toBe(2);
      expect(await exportReview(auditor, id)).toContain('undecided');
      expect((await auditOf('custody.list')).at(-1)).toMatchObject({
        personId: auditor.personId,
        details: { review: id, shown: 2 },
      });
      for (const look of [
        listReviews(member),
        viewReview(member, id, EVERYTHING),
        exportReview(member, id),
      ]) {
        await expect(look).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
      expect(await withActor(member, (tx) => tx.select().from(accessReviewItems))).toEqual([]);
      expect(await isAlive(grace.id)).toBe(true);
    });
  });

  describe('closing an access review', () => {
    it('is refused when more is undecided than the administrator was asked about', async () => {
      const { admin, id } = await makeReview();
      await expect(closeReview(admin, { id, undecided: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
      await closeReview(admin, { id, undecided: 2 });
      expect((await view(admin, id)).review.closed).toMatchObject({ by: admin.displayName });
    });

    it('is refused without the number of grants that stay undecided', async () => {
      const { admin, id } = await makeReview();
      for (const undecided of [Number('x'), '2', -1, 2.5, Number.POSITIVE_INFINITY, null, undefined]) {
        await expect(closeReview(admin, { id, undecided })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
      expect((await view(admin, id)).review.closed).toBeNull();
    });

    it('ends it: nothing is decided, and nothing closed again', async () => {
      const { admin, grace, franz, id } = await makeReview();
      await decide(admin, id, 'keep', [grace.id]);
      await closeReview(admin, { id, undecided: 1 });
      for (const attempt of [
        () => decide(admin, id, 'keep', [franz.id]),
        () => decide(admin, id, 'revoke', [grace.id]),
        () => closeReview(admin, { id, undecided: 1 }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT' });
      }
      expect(await isAlive(grace.id)).toBe(true);
      expect(await itemOf(admin, id, franz.id)).toMatchObject({ decided: null, note: '' });
    });

    it('lets no decision in behind it', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { admin, grace, id } = await makeReview();
        const [closed, decided] = await Promise.allSettled([
          closeReview(admin, { id, undecided: 2 }),
          decide(admin, id, 'revoke', [grace.id]),
        ]);
        expect(closed.status).toBe('fulfilled');
        const [row] = (await auditOf('access_review.close')).filter(({ subjectId }) => subjectId === id);
        expect(row?.details.revoked).toBe(decided.status === 'fulfilled' ? 1 : 0);
        expect(await isAlive(grace.id)).toBe(decided.status === 'rejected');
      }
    });
  });

  describe('looking at an access review', () => {
    it('is audited once an hour for as long as the same person sees the same', async () => {
      const { admin, id } = await makeReview();
      const other = await makeContext('admin');
      const looks = async () =>
        (await auditOf('custody.list'))
          .filter(({ details }) => details.review === id)
          .map(({ personId, details }) => [personId, details.shown]);
      await view(admin, id);
      await view(admin, id);
      await view(admin, id, { full: '1' });
      await view(other, id);
      const seen = [
        [admin.personId, 2],
        [admin.personId, 0],
        [other.personId, 2],
      ];
      expect(await looks()).toEqual(seen);
      await shiftDatabaseClock(59 * MINUTE);
      await view(admin, id);
      expect(await looks()).toEqual(seen);
      await shiftDatabaseClock(61 * MINUTE);
      await view(admin, id);
      expect(await looks()).toEqual([...seen, [admin.personId, 2]]);
    });
  });

  describe('the evidence of an access review', () => {
    it('outlives people, connections and environments', async () => {
      const { admin, environment, grace, franz, id } = await makeReview();
      await decide(admin, id, 'keep', [grace.id], 'Needed.');
      await decide(admin, id, 'revoke', [franz.id], 'Left the team.');
      await closeReview(admin, { id, undecided: 0 });
      const before = await exportReview(admin, id);
      await deleteEnvironment(admin, { slug: environment.slug, confirmation: environment.name });
      await asOwner(async (sql) => {
        await sql`DELETE FROM orgdock.connections WHERE id IN (${grace.id}, ${franz.id})`;
        await sql`UPDATE orgdock.people SET display_name = 'Renamed' WHERE id = ${admin.personId}`;
        await sql`DELETE FROM orgdock.people WHERE id IN (${grace.ctx.personId}, ${franz.ctx.personId})`;
      });
      expect(await withSystem('test', (tx) => tx.$count(connections, eq(connections.id, grace.id)))).toBe(0);
      expect(await withSystem('test', (tx) => tx.$count(people, eq(people.id, grace.ctx.personId)))).toBe(0);
      expect(await exportReview(admin, id)).toBe(before);
      const lines = before.trimEnd().split('\r\n');
      expect(lines).toHaveLength(3);
      expect(before).toContain(`keep,${admin.displayName},`);
      expect(before).toMatch(
        new RegExp(`,revoke,${admin.displayName},[^,]+,Left the team\\.,confirmed,${franz.id},`),
      );
    });

    it('says nothing of a revocation whose audit row has been removed', async () => {
      const { admin, franz, id } = await makeReview();
      await decide(admin, id, 'revoke', [franz.id]);
      await asOwner((sql) => sql`DELETE FROM orgdock.audit_log WHERE subject_id = ${franz.id}`);
      expect((await itemOf(admin, id, franz.id)).outcome).toBe('unknown');
    });

    it('holds no formula, and says that it left', async () => {
      const admin = await makeContext('admin');
      const environment = await makeEnvironment({ name: '@Production' });
      const { id: connectionId } = await makeConnection(
        { ownerId: null, environmentId: environment.id },
        { name: '=HYPERLINK("http://evil.example")', username: '+cmd@acme.example' },
      );
      const id = await startReview(admin, environment.slug);
      await decide(admin, id, 'keep', [connectionId], '-1+1');
      const text = await exportReview(admin, id);
      expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
      for (const harmless of [`,'+cmd@acme.example,`, `,'-1+1,`, `'@Production,`])
        expect(text).toContain(harmless);
      expect((await auditOf('access_review.export')).at(-1)).toMatchObject({
        personId: admin.personId,
        subjectId: id,
        details: { rows: 1 },
      });
    });
  });
});
