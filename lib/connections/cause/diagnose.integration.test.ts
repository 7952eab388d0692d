import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environmentSecrets, environments } from '@/db/schema';
import { requireConnection } from '@/lib/connections/queries';
import { tokenSource } from '@/lib/connections/token-source';
import type { CauseCode, ConnectionCause } from '@/lib/connections/types';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { TestClient } from '@/simulator/testing/client';
import { readStored, setPolicy } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { type SimulatedConnection, useSimulatedOrgs } from '@/tests/simulated';

const DAY = 86_400_000;
const org = 'production';
const username = PRODUCTION.users.ada.username;

/** Renews, which is refused, and reads the cause as the owner's page does. */
async function endOf({ ctx, id, renew }: SimulatedConnection): Promise<ConnectionCause> {
  await expect(renew()).rejects.toMatchObject({ name: 'AppError' });
  const { problem } = await requireConnection(ctx, id);
  if (!problem?.cause) throw new Error('no cause was written down');
  return problem.cause;
}

const codesOf = (cause: ConnectionCause): CauseCode[] => [
  cause.code,
  ...cause.alsoPossible.map(({ code }) => code),
];

describe('a refusal', () => {
  const orgs = useSimulatedOrgs();
  const setting = async () => await orgs.connect(await orgs.makeEnvironment(org));

  describe('the cause of an end is named for', () => {
    it.each([
      { act: 'revoke_grants', org, username },
      { act: 'deactivate_user', org, username },
      { act: 'freeze_user', org, username },
      { act: 'change_password', org, username, password: 'another-one' },
    ] as const)('$act, as far as the words of Salesforce allow', async (act) => {
      const connection = await setting();
      await orgs.control.act(act);
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'revoked', certainty: 'possible' });
      expect(codesOf(cause)).toEqual(
        expect.arrayContaining(['revoked', 'user_inactive', 'password_changed', 'app_blocked']),
      );
      expect(cause.evidence.join(' ')).toContain('Only the org’s own logs tell them apart.');
      expect((await readStored(connection.id)).row.state).toBe('needs_reconnect');
    });

    it('a user who was deactivated: other grants of theirs end, those of others do not', async () => {
      const environment = await orgs.makeEnvironment(org);
      const [one, two, other] = [
        await orgs.connect(environment),
        await orgs.connect(environment),
        await orgs.connect(environment, 'grace'),
      ];
      await orgs.control.act({ act: 'deactivate_user', org, username });
      await endOf(one);
      await other.renew();
      const cause = await endOf(two);
      expect(codesOf(cause)).toEqual(['revoked', 'user_inactive', 'password_changed']);
      expect(cause.evidence.join(' ')).toMatch(
        /so it is hardly the app.*1 other grant of the same Salesforce user/s,
      );
    });

    it.each([
      { act: 'block_app', org },
      { act: 'uninstall_app', org },
    ] as const)('$act, when the grants of others end with it', async (act) => {
      const environment = await orgs.makeEnvironment(org);
      const first = await orgs.connect(environment);
      const second = await orgs.connect(environment, 'grace');
      await orgs.control.act(act);
      await orgs.advanceDays(1);
      expect(codesOf(await endOf(first))).toContain('app_blocked');
      const cause = await endOf(second);
      expect(cause).toMatchObject({ code: 'app_blocked', certainty: 'likely', step: 'salesforce' });
      expect(cause.evidence[0]).toBe(
        '1 other grant of the same app ended within 15 minutes, so it is the app rather than this user.',
      );
    });

    it('a blocked app, although Salesforce had accepted it a moment before', async () => {
      const environment = await orgs.makeEnvironment(org);
      const first = await orgs.connect(environment);
      const second = await orgs.connect(environment, 'grace');
      await orgs.control.act({ act: 'block_app', org });
      expect((await endOf(first)).evidence.join(' ')).toContain('hardly the app');
      expect(await endOf(second)).toMatchObject({ code: 'app_blocked', certainty: 'likely' });
    });

    it('an app whose plugin is switched off', async () => {
      const connection = await setting();
      await orgs.control.act({ act: 'change_app', org, changes: { oauthEnabled: false } });
      expect(await endOf(connection)).toMatchObject({ code: 'app_blocked', certainty: 'certain' });
    });

    it('a user whom nobody approved for the app any more', async () => {
      const connection = await setting();
      await orgs.control.act({ act: 'change_app', org, changes: { preApproved: [] } });
      expect(await endOf(connection)).toMatchObject({ code: 'not_approved', certainty: 'certain' });
    });

    it('a secret that was changed in Salesforce; the grant itself lives on', async () => {
      const connection = await setting();
      await orgs.control.act({ act: 'change_secret', org, clientSecret: 'another-secret' });
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'secret_rotated', certainty: 'certain', step: 'environment' });
      expect(cause.evidence[0]).toContain('so it was changed in Salesforce');
      expect((await readStored(connection.id)).row).toMatchObject({ state: 'idle', generation: 1 });
    });

    it('a secret that was changed here, and then the grant was gone', async () => {
      const environment = await orgs.makeEnvironment(org);
      const connection = await orgs.connect(environment);
      await orgs.control.act({ act: 'change_secret', org, clientSecret: 'another-secret' });
      await withSystem('test', (tx) =>
        tx
          .update(environmentSecrets)
          .set({ updatedAt: new Date(Date.now() + 1_000) })
          .where(eq(environmentSecrets.environmentId, environment.id)),
      );
      expect(await endOf(connection)).toMatchObject({ code: 'secret_rotated', certainty: 'likely' });
      await orgs.control.act({ act: 'change_secret', org, clientSecret: orgs.org(org).clientSecret });
      await orgs.control.act({ act: 'revoke_grants', org });
      // Saving the environment ends the pause of its app.
      await withSystem('test', (tx) => tx.update(environments).set({ updatedAt: new Date() }));
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'secret_rotated', certainty: 'likely' });
      expect(cause.evidence[0]).toContain('The consumer secret was changed here on');
    });

    it('an address that Salesforce does not accept', async () => {
      const connection = await setting();
      await orgs.control.addFault({ fault: 'ip_restricted', endpoint: 'refresh' });
      expect(await endOf(connection)).toMatchObject({ code: 'ip_restricted', certainty: 'certain' });
      expect((await readStored(connection.id)).row.problemDescription).toBe('ip restricted');
    });

    it('an idle limit', async () => {
      await orgs.control.act({ act: 'change_app', org, changes: { refreshIdleMs: 30 * DAY } });
      const connection = await setting();
      await orgs.advanceDays(31);
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'idle_limit', certainty: 'likely', step: 'reconnect' });
      expect(cause.evidence[0]).toMatch(/31 days ago\. The app’s grants end after 30 days without one\.$/);
    });

    it('an absolute limit, however the grant was used', async () => {
      await orgs.control.act({ act: 'change_app', org, changes: { refreshLifetimeMs: 40 * DAY } });
      const connection = await orgs.connect(await orgs.makeEnvironment(org, { absoluteLimitDays: 40 }));
      await orgs.advanceDays(25);
      await connection.renew();
      await orgs.advanceDays(16);
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'absolute_limit', certainty: 'likely' });
      expect(codesOf(cause)).not.toContain('idle_limit');
    });

    it('a sixth consent of the same user and app', async () => {
      const environment = await orgs.makeEnvironment(org);
      const first = await orgs.connect(environment);
      for (let n = 0; n < 5; n += 1) await orgs.connect(environment);
      const cause = await endOf(first);
      expect(cause).toMatchObject({ code: 'five_grants', certainty: 'likely' });
      expect(cause.evidence[0]).toMatch(/ends the oldest, which was this one\.$/);
      const grants = await orgs.control.listGrants(org);
      expect(grants.map(({ ended }) => ended)).toEqual(['sixth_approval', null, null, null, null, null]);
    });

    it('a refresh token that came twice', async () => {
      const connection = await setting();
      await orgs.control.addFault({ fault: 'gateway_timeout_after', endpoint: 'refresh' });
      await expect(connection.renew()).rejects.toMatchObject({ code: 'GRANT_OUTCOME_UNKNOWN' });
      expect((await requireConnection(connection.ctx, connection.id)).problem?.cause).toBeNull();
      // What "one try after the waiting time" allows, when nobody can ask Salesforce.
      await withSystem('test', (tx) =>
        tx.update(connections).set({ state: 'idle' }).where(eq(connections.id, connection.id)),
      );
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'replayed', certainty: 'likely' });
      expect((await orgs.control.listGrants(org)).at(-1)?.ended).toBe('replayed');
    });

    it('a sandbox that was refreshed: another org answers, and its token is not used', async () => {
      const connection = await orgs.connect(await orgs.makeEnvironment('uat'));
      const orgId = '00DEc0000000001EAA';
      await orgs.control.act({ act: 'change_org_id', org: 'uat', orgId });
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'sandbox_refreshed', certainty: 'certain', step: 'environment' });
      expect(cause.evidence[0]).toContain(orgId);
      expect(cause.evidence[0]).toContain(UAT.orgId);
      expect((await readStored(connection.id)).row).toMatchObject({
        state: 'needs_reconnect',
        generation: 2,
      });
    });

    it('an org at an address that Orgdock does not call', async () => {
      const connection = await setting();
      await orgs.control.act({ act: 'change_instance_url', org, instanceUrl: 'https://elsewhere.example' });
      const cause = await endOf(connection);
      expect(cause).toMatchObject({ code: 'instance_moved', certainty: 'likely' });
      expect(cause.evidence[0]).toContain('https://elsewhere.example');
    });
  });

  describe('a cause', () => {
    it('goes with the next success', async () => {
      const connection = await setting();
      await orgs.control.addFault({ fault: 'ip_restricted', endpoint: 'refresh' });
      await endOf(connection);
      setPolicy({ appPauseMs: 0 });
      await withSystem('test', (tx) => tx.update(environments).set({ updatedAt: new Date() }));
      await connection.renew();
      expect((await readStored(connection.id)).row).toMatchObject({
        problemCause: null,
        problemEvidence: null,
      });
    });

    it('is the same for everybody who looks, and names nobody else', async () => {
      const environment = await orgs.makeEnvironment(org);
      const mine = await orgs.connect(environment);
      const other = await orgs.connect(environment, 'grace');
      await orgs.control.act({ act: 'block_app', org });
      await endOf(other);
      const text = JSON.stringify(await endOf(mine));
      for (const secret of [
        other.id,
        other.ctx.personId,
        PRODUCTION.users.grace.username,
        PRODUCTION.users.grace.id,
      ]) {
        expect(text).not.toContain(secret);
      }
    });
  });

  describe('what ends nothing is noted with the refresh that showed it', () => {
    const eventsOf = async (id: string) =>
      (await readStored(id)).audit
        .filter(({ action }) => action === 'token.refresh')
        .map(({ details }) => details.events);

    it('a session that was ended while it was in use', async () => {
      const connection = await setting();
      await tokenSource({ id: connection.id } as never).used();
      await orgs.control.act({ act: 'expire_access_tokens', org });
      await connection.renew();
      expect(await eventsOf(connection.id)).toEqual([
        [{ event: 'session_killed', lastUsedAt: expect.any(String) }],
      ]);
      expect((await requireConnection(connection.ctx, connection.id)).health).toBe('healthy');
    });

    it('not a session that timed out', async () => {
      const connection = await setting();
      await tokenSource({ id: connection.id } as never).used();
      await orgs.advanceDays(1);
      await connection.renew();
      expect(await eventsOf(connection.id)).toEqual([undefined]);
    });

    it('an org that has moved', async () => {
      const connection = await setting();
      // Both names are this machine, and allowed: an org under two addresses.
      const from = orgs.org(org).origin;
      const to = orgs.org('uat').origin;
      await orgs.control.act({ act: 'change_instance_url', org, instanceUrl: to });
      await connection.renew();
      expect(await eventsOf(connection.id)).toEqual([[{ event: 'instance_moved', from, to }]]);
      expect((await readStored(connection.id)).row.instanceUrl).toBe(to);
    });
  });

  it('a person who has just logged in at Salesforce is not an inactive user', async () => {
    const environment = await orgs.makeEnvironment(org, { expectedOrgId: PRODUCTION.orgId });
    const connection = await orgs.connect(environment);
    const ctx = await makeContext();
    await withSystem('test', async (tx) => {
      const { identities, sessions } = await import('@/db/schema');
      const issuer = `salesforce:${PRODUCTION.orgId}`;
      const subject = PRODUCTION.users.ada.id;
      await tx.insert(identities).values({ personId: ctx.personId, issuer, subject, username });
      await tx
        .update(sessions)
        .set({ signedInVia: environment.slug })
        .where(eq(sessions.personId, ctx.personId));
    });
    await orgs.control.act({ act: 'revoke_grants', org });
    const cause = await endOf(connection);
    expect(codesOf(cause)).not.toContain('user_inactive');
  });

  it('a consumed token that somebody else spent leaves no trace here, and no certainty', async () => {
    const connection = await setting();
    const { refreshToken } = await readStored(connection.id);
    await new TestClient(orgs.org(org)).refresh(refreshToken ?? '');
    expect(await endOf(connection)).toMatchObject({ certainty: 'possible' });
  });
});
