import { describe, expect, it } from 'vitest';
import { EGRESS_ADDRESS, PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, grace } = PRODUCTION.users;
const org = 'production';

describe('what an org can prove', () => {
  const sim = useSimulator();

  async function query(token: string, soql: string): Promise<Array<Record<string, unknown>>> {
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const answer = await sim.client().get(path, token);
    const body = (await answer.json()) as { records: Array<Record<string, unknown>> };
    if (answer.status !== 200) throw new Error(JSON.stringify(body));
    return body.records.map(({ attributes: _, ...record }) => record);
  }

  const logins = (token: string, more = '') =>
    query(
      token,
      `SELECT UserId, LoginType, SourceIp, Application, Status FROM LoginHistory ${more} ORDER BY LoginTime DESC, Id DESC`,
    );

  it('writes each login down with where it came from', async () => {
    const { access_token } = await sim.client().connect(ada.username);
    expect(await logins(access_token)).toEqual([
      {
        UserId: ada.id,
        LoginType: 'Remote Access 2.0',
        SourceIp: EGRESS_ADDRESS,
        Application: 'Orgdock',
        Status: 'Success',
      },
      {
        UserId: ada.id,
        LoginType: 'Application',
        SourceIp: '198.51.100.24',
        Application: 'Browser',
        Status: 'Success',
      },
    ]);
  });

  it('knows the address that an act gave the portal', async () => {
    const { refresh_token } = await sim.client().connect(ada.username);
    await sim.control.act({ act: 'egress_address', org, address: '192.0.2.55' });
    const { access_token } = (await (await sim.client().refresh(refresh_token)).json()) as {
      access_token: string;
    };
    expect((await logins(access_token))[0]).toMatchObject({ SourceIp: '192.0.2.55', Status: 'Success' });
    const sessions = await query(
      access_token,
      'SELECT SourceIp, SessionType, IsCurrent FROM AuthSession ORDER BY CreatedDate',
    );
    expect(sessions).toContainEqual({ SourceIp: '192.0.2.55', SessionType: 'Oauth2', IsCurrent: true });
  });

  it('says why a refresh was refused, which its caller is not told', async () => {
    const asker = await sim.client().connect(ada.username);
    const { refresh_token } = await sim.client().connect(grace.username);
    const latest = async () => (await logins(asker.access_token, `WHERE UserId = '${grace.id}'`))[0]?.Status;

    await sim.control.addFault({ org, fault: 'ip_restricted', endpoint: 'refresh' });
    await sim.client().refresh(refresh_token);
    expect(await latest()).toBe('Failed: IP Restricted');

    await sim.control.addFault({ org, fault: 'slow', endpoint: 'refresh', ms: 300, at: 'origin' });
    const first = sim.client().refresh(refresh_token);
    await expect.poll(async () => (await sim.control.listRequests({ org })).at(-1)?.path).toContain('token');
    const second = await sim.client().refresh(refresh_token);
    expect(await second.json()).toMatchObject({
      error_description: 'token request is already being processed',
    });
    expect(await latest()).toBe('Failed: Token request is already being processed');
    const rotated = (await (await first).json()) as { refresh_token: string };

    await sim.control.act({ act: 'freeze_user', org, username: grace.username });
    expect(await (await sim.client().refresh(rotated.refresh_token)).json()).toMatchObject({
      error_description: 'expired access/refresh token',
    });
    expect(await latest()).toBe('Failed: User is Frozen');
  });

  it('writes down an authorization that ended at the org', async () => {
    const asker = await sim.client().connect(ada.username);
    const client = sim.client();
    await client.obtainCode(grace.username);
    await sim.control.act({ act: 'block_app', org });
    await client.open();
    await sim.control.act({ act: 'block_app', org, blocked: false });
    const [latest] = await logins(asker.access_token, `WHERE UserId = '${grace.id}'`);
    expect(latest).toMatchObject({ Application: 'Orgdock', Status: 'Failed: OAuth App Blocked' });
  });

  it('filters logins by their time', async () => {
    const { access_token } = await sim.client().connect(ada.username);
    await sim.control.advanceClock(60_000);
    const now = new Date((await sim.control.now()) - 30_000).toISOString();
    expect(await logins(access_token, `WHERE LoginTime >= ${now}`)).toEqual([]);
    expect(await logins(access_token, `WHERE LoginTime < ${now}`)).toHaveLength(2);
    await expect(logins(access_token, "WHERE Status = 'Success'")).rejects.toThrow('can not be filtered');
  });

  it('lists the live grants: one’s own, and everybody’s for an administrator', async () => {
    const [mine, theirs] = [
      await sim.client().connect(ada.username),
      await sim.client().connect(grace.username),
    ];
    await sim.client().refresh(theirs.refresh_token);
    const soql = 'SELECT UserId, AppName, UseCount, AccessToken, AppMenuItemId FROM OauthToken';
    expect(await query(theirs.access_token, soql)).toEqual([
      {
        UserId: grace.id,
        AppName: 'Orgdock',
        UseCount: 1,
        AccessToken: '********************',
        AppMenuItemId: expect.stringMatching(/^0DS/),
      },
    ]);
    const all = await query(mine.access_token, soql);
    expect(all.map(({ UserId }) => UserId)).toEqual([ada.id, grace.id]);
    await sim.control.act({ act: 'revoke_grants', org, username: grace.username });
    expect(await query(mine.access_token, soql)).toHaveLength(1);
  });

  it('shows one’s own sessions to everybody and those of others to administrators', async () => {
    const [mine, theirs] = [
      await sim.client().connect(ada.username),
      await sim.client().connect(grace.username),
    ];
    const users = async (token: string) =>
      new Set((await query(token, 'SELECT UsersId FROM AuthSession')).map(({ UsersId }) => UsersId));
    expect(await users(theirs.access_token)).toEqual(new Set([grace.id]));
    expect(await users(mine.access_token)).toEqual(new Set([ada.id, grace.id]));
  });

  it('keeps what administrators change in Setup', async () => {
    const { access_token } = await sim.client().connect(ada.username);
    await sim.control.act({ act: 'rotation', org, on: false });
    await sim.control.act({ act: 'freeze_user', org, username: grace.username });
    await sim.control.act({ act: 'expire_access_tokens', org, username: grace.username });
    expect(
      await query(
        access_token,
        'SELECT Action, Section, Display, CreatedById FROM SetupAuditTrail ORDER BY CreatedDate, Id',
      ),
    ).toEqual([
      {
        Action: 'changedConnectedApp',
        Section: 'Connected Apps',
        Display: 'Changed Refresh Token Rotation of the app Orgdock from On to Off',
        CreatedById: ada.id,
      },
      {
        Action: 'frozeuser',
        Section: 'Manage Users',
        Display: `Froze user ${grace.username}`,
        CreatedById: ada.id,
      },
    ]);
  });

  it('tells the policies of an installed app', async () => {
    const { access_token } = await sim.client().connect(ada.username);
    const soql =
      "SELECT Name, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod FROM ConnectedApplication WHERE Name = 'Orgdock'";
    const changes = { preApproved: [ada.username], refreshIdleMs: 30 * 86_400_000 };
    await sim.control.act({ act: 'change_app', org, changes });
    expect(await query(access_token, soql)).toEqual([
      {
        Name: 'Orgdock',
        OptionsAllowAdminApprovedUsersOnly: true,
        OptionsRefreshTokenValidityMetric: true,
        RefreshTokenValidityPeriod: 720,
      },
    ]);
  });

  it('hides from others what is for administrators', async () => {
    const { access_token } = await sim.client().connect(grace.username);
    for (const name of ['LoginHistory', 'SetupAuditTrail', 'ConnectedApplication']) {
      await expect(query(access_token, `SELECT Id FROM ${name}`)).rejects.toThrow('INVALID_TYPE');
    }
  });

  it('begins anew with a reset', async () => {
    await sim.client().connect(ada.username);
    await sim.control.act({ act: 'rotation', org, on: false });
    await sim.control.reset();
    const { access_token } = await sim.client().connect(ada.username);
    expect(await logins(access_token)).toHaveLength(2);
    expect(await query(access_token, 'SELECT Id FROM SetupAuditTrail')).toEqual([]);
  });
});
