import { beforeEach, describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import type { SalesforceClient } from '../types';
import { readConnectedApplication } from './connected-application';
import { readLoginHistory } from './login-history';
import { readOauthTokens } from './oauth-tokens';
import { readOwnSessions } from './own-sessions';
import { readSetupAuditTrail } from './setup-audit-trail';

const { ada, grace } = PRODUCTION.users;
const org = 'production';
const anHourAgo = () => new Date(Date.now() - 3_600_000);

function clientWith(accessToken: string, instanceUrl: string): SalesforceClient {
  const grant = async () => ({ accessToken, instanceUrl, generation: 1 });
  return { apiVersion: '66.0', source: { current: grant, renew: grant, used: async () => undefined } };
}

describe('the records of an org', () => {
  const sim = useSimulator();
  beforeEach(() => allowOrigins(sim.simulator.org(org).origin));

  async function clientOf(username: string): Promise<SalesforceClient> {
    const { access_token } = await sim.client().connect(username);
    return clientWith(access_token, sim.simulator.org(org).origin);
  }

  it('hold logins of one user since a time, newest first', async () => {
    const asAda = await clientOf(ada.username);
    await clientOf(grace.username);
    const all = await readLoginHistory(asAda, { since: anHourAgo(), limit: 100 });
    expect(all.kind === 'rows' && all.rows).toHaveLength(4);
    const ofGrace = await readLoginHistory(asAda, { userId: grace.id, since: anHourAgo(), limit: 1 });
    expect(ofGrace).toEqual({
      kind: 'rows',
      rows: [
        {
          id: expect.stringMatching(/^0Ya/),
          userId: grace.id,
          loginTime: expect.any(Date),
          loginType: 'Remote Access 2.0',
          sourceIp: '203.0.113.7',
          status: 'Success',
          application: 'Orgdock',
        },
      ],
    });
    const later = await readLoginHistory(asAda, { since: new Date(Date.now() + 60_000), limit: 1 });
    expect(later).toEqual({ kind: 'rows', rows: [] });
  });

  it('say that a user may not see the logins, in Salesforce’s words', async () => {
    expect(await readLoginHistory(await clientOf(grace.username), { since: anHourAgo(), limit: 1 })).toEqual({
      kind: 'not_permitted',
      salesforce: {
        error: 'INVALID_TYPE',
        description: expect.stringContaining("sObject type 'LoginHistory' is not supported"),
        status: 400,
      },
    });
  });

  it('hold one’s own sessions with the address that the org sees', async () => {
    const sessions = await readOwnSessions(await clientOf(grace.username), { userId: grace.id });
    const current = sessions.kind === 'rows' ? sessions.rows.filter((session) => session.isCurrent) : [];
    expect(current).toMatchObject([{ sessionType: 'Oauth2', sourceIp: '203.0.113.7', secondsValid: 7200 }]);
  });

  it('hold the grants of an app: one’s own, or everybody’s', async () => {
    const asAda = await clientOf(ada.username);
    const asGrace = await clientOf(grace.username);
    expect(await readOauthTokens(asGrace)).toMatchObject({
      rows: [
        {
          userId: grace.id,
          appName: 'Orgdock',
          useCount: 0,
          isAppInstalled: true,
          lastUsedAt: expect.any(Date),
        },
      ],
    });
    expect((await readOauthTokens(asAda, { appName: 'Orgdock' })) as { rows: unknown[] }).toMatchObject({
      rows: { length: 2 },
    });
    expect(await readOauthTokens(asAda, { userId: grace.id, appName: 'Another' })).toEqual({
      kind: 'rows',
      rows: [],
    });
  });

  it('hold changes in Setup, all or those of a kind', async () => {
    const asAda = await clientOf(ada.username);
    await sim.control.act({ act: 'change_secret', org, clientSecret: 'another' });
    await sim.control.act({ act: 'freeze_user', org, username: grace.username });
    const since = anHourAgo();
    const all = await readSetupAuditTrail(asAda, { since });
    expect(all.kind === 'rows' && all.rows.map(({ action }) => action).sort()).toEqual([
      'frozeuser',
      'rotatedConsumerSecret',
    ]);
    expect(await readSetupAuditTrail(asAda, { since, actions: ['frozeuser'] })).toMatchObject({
      rows: [{ section: 'Manage Users', display: `Froze user ${grace.username}`, createdById: ada.id }],
    });
    expect(await readSetupAuditTrail(asAda, { since: new Date(Date.now() + 60_000) })).toEqual({
      kind: 'rows',
      rows: [],
    });
  });

  it('hold the policies of an app, or nothing when it is not installed', async () => {
    const asAda = await clientOf(ada.username);
    expect(await readConnectedApplication(asAda, 'Orgdock')).toEqual({
      kind: 'rows',
      rows: [
        {
          id: expect.stringMatching(/^0H4/),
          name: 'Orgdock',
          adminApprovedUsersOnly: false,
          refreshTokenValidityPeriod: null,
          validityCountsFromLastUse: false,
        },
      ],
    });
    expect(await readConnectedApplication(asAda, "Orgdock'")).toEqual({ kind: 'rows', rows: [] });
    expect(await readConnectedApplication(await clientOf(grace.username), 'Orgdock')).toMatchObject({
      kind: 'not_permitted',
    });
  });
});

describe('an answer that is none', () => {
  it('is an error and never an empty list', async () => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 200, { totalSize: 1, done: true, records: [{ Id: '0Ya1' }] }),
    );
    await expect(readOwnSessions(clientWith('token', origin), { userId: grace.id })).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_INVALID',
    });
  });

  it('is an error when the API is not enabled', async () => {
    const { origin } = await startLoopback((_request, response) =>
      sendJson(response, 403, [
        { errorCode: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled.' },
      ]),
    );
    await expect(readOauthTokens(clientWith('token', origin))).rejects.toMatchObject({
      code: 'SALESFORCE_API_DISABLED',
    });
  });
});
