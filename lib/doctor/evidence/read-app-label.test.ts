import { describe, expect, it } from 'vitest';
import { readAppLabel } from '@/lib/doctor/evidence/read-app-label';
import type { SalesforceClient } from '@/lib/salesforce/types';
import { sendJson, startLoopback } from '@/tests/loopback';

const AT = '2026-05-01T07:25:37.000+0000';
const user = { salesforceUserId: '005000000000001AAA' };

const session = (isCurrent: boolean, loginHistoryId: string | null) => ({
  ...{ Id: '0Ak1', UsersId: user.salesforceUserId, CreatedDate: AT, LastModifiedDate: AT },
  ...{ NumSecondsValid: 7200, SourceIp: null, LoginType: null, SessionType: 'Oauth2' },
  ...{ LoginHistoryId: loginHistoryId, IsCurrent: isCurrent },
});
const login = (id: string, loginType: string, application: string) => ({
  ...{ Id: id, UserId: user.salesforceUserId, LoginTime: AT, LoginType: loginType },
  ...{ SourceIp: null, Status: 'Success', Application: application },
});
const LOGINS = [
  login('0Ya1', 'Remote Access 2.0', 'Data Loader'),
  login('0Ya2', 'Remote Access 2.0', 'Orgdock'),
  login('0Ya3', 'Application', 'Browser'),
];

/** A client of an org with these sessions; Login History is refused where the user may not see it. */
async function orgWith(sessions: unknown[], seesLogins = true): Promise<SalesforceClient> {
  const { origin } = await startLoopback((request, response) => {
    const soql = request.url.searchParams.get('q') ?? '';
    const isLogin = soql.includes('FROM LoginHistory');
    if (isLogin && !seesLogins)
      return sendJson(response, 400, [{ errorCode: 'INVALID_TYPE', message: 'not supported' }]);
    const records = isLogin ? LOGINS.filter(({ Id }) => soql.includes(`'${Id}'`)) : sessions;
    return sendJson(response, 200, { totalSize: records.length, done: true, records });
  });
  const grant = async () => ({ accessToken: 'token', instanceUrl: origin, generation: 1 });
  return { apiVersion: '66.0', source: { current: grant, renew: grant, used: async () => undefined } };
}

describe('the label of the asking app', () => {
  it('is that of the login of the session that asks, however new those of other apps are', async () => {
    const client = await orgWith([session(false, '0Ya1'), session(true, '0Ya2')]);
    expect(await readAppLabel(client, user)).toBe('Orgdock');
  });

  it.each([
    ['no session is marked', [session(false, '0Ya2')]],
    ['two are', [session(true, '0Ya2'), session(true, '0Ya1')]],
    ['its login is not named', [session(true, null)]],
    ['its login is not kept any more', [session(true, '0Ya9')]],
    ['it is a browser’s', [session(true, '0Ya3')]],
  ])('is not known when %s', async (_, sessions) => {
    expect(await readAppLabel(await orgWith(sessions), user)).toBeNull();
  });

  it('is not known to a user who may not see logins', async () => {
    expect(await readAppLabel(await orgWith([session(true, '0Ya2')], false), user)).toBeNull();
  });
});
