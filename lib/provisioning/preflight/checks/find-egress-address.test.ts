import { describe, expect, it } from 'vitest';
import type { ConnectionDetail } from '@/lib/connections/types';
import { sendJson, startLoopback } from '@/tests/loopback';
import { findEgressAddress } from './find-egress-address';

const AT = '2026-11-26T10:00:00.000+0000';
const REFUSED = [{ errorCode: 'INVALID_TYPE', message: "sObject type 'X' is not supported." }];

const session = (values: object) => ({
  Id: '0Ak1',
  UsersId: '0051',
  CreatedDate: AT,
  LastModifiedDate: AT,
  NumSecondsValid: 7200,
  SourceIp: '203.0.113.7',
  LoginType: 'Remote Access 2.0',
  SessionType: 'Oauth2',
  LoginHistoryId: '0Ya1',
  IsCurrent: false,
  ...values,
});
const login = (values: object) => ({
  Id: '0Ya1',
  UserId: '0051',
  LoginTime: AT,
  LoginType: 'Remote Access 2.0',
  SourceIp: '203.0.113.8',
  Status: 'Success',
  Application: 'Orgdock',
  ...values,
});

/** The address that an org with these rows tells; null as rows: this user may not see them. */
async function addressWith(rows: { sessions: object[] | null; logins: object[] | null }) {
  const { origin } = await startLoopback(({ url }, response) => {
    const asked = url.searchParams.get('q')?.includes('AuthSession') ? rows.sessions : rows.logins;
    if (asked === null) sendJson(response, 400, REFUSED);
    else sendJson(response, 200, { totalSize: asked.length, done: true, records: asked });
  });
  const grant = async () => ({ accessToken: 'token', instanceUrl: origin, generation: 1 });
  const source = { current: grant, renew: grant, used: async () => undefined };
  return await findEgressAddress({
    connection: { salesforceUserId: '0051' } as ConnectionDetail,
    serviceName: null,
    client: { apiVersion: '66.0', source },
  });
}

describe('the egress address', () => {
  it('is that of the session that asks, not of a browser', async () => {
    const sessions = [
      session({ SourceIp: '198.51.100.24', SessionType: 'UI' }),
      session({ IsCurrent: true }),
    ];
    expect(await addressWith({ sessions, logins: null })).toEqual({
      egress: { address: '203.0.113.7', seenAt: '2026-11-26T10:00:00.000Z' },
      source: 'AuthSession',
    });
  });

  it('is that of the newest OAuth login that succeeded, where sessions do not tell', async () => {
    const logins = [
      login({ SourceIp: '198.51.100.24', LoginType: 'Application' }),
      login({ SourceIp: '192.0.2.1', Status: 'Failed: IP Restricted' }),
      login({}),
      login({ SourceIp: '192.0.2.2' }),
    ];
    const found = { egress: { address: '203.0.113.8' }, source: 'LoginHistory' };
    expect(await addressWith({ sessions: null, logins })).toMatchObject(found);
    expect(await addressWith({ sessions: [session({})], logins })).toMatchObject(found);
    const internal = [session({ IsCurrent: true, SourceIp: 'Salesforce.com IP' })];
    expect(await addressWith({ sessions: internal, logins })).toMatchObject(found);
  });

  it('is not known where neither tells', async () => {
    expect(await addressWith({ sessions: null, logins: null })).toBeNull();
    expect(await addressWith({ sessions: [], logins: [] })).toBeNull();
  });
});
