import { expect, it } from 'vitest';
import { loadRecord } from '@/lib/records/record/load-record';
import type { RecordsAccess } from '@/lib/records/with-records';
import { sendJson, startLoopback } from '@/tests/loopback';

const ID = '001000000000001AAA';
const ACCOUNT = {
  ...{ name: 'Account', label: 'Account', labelPlural: 'Accounts', keyPrefix: '001' },
  ...{ custom: false, queryable: true, searchable: true, layoutable: true },
};

/** An org whose query finds nothing, and whose record answers this. */
async function accessTo(status: number, errorCode: string, user: string): Promise<RecordsAccess> {
  const { origin } = await startLoopback((request, response) => {
    const { pathname } = request.url;
    if (pathname.endsWith('/sobjects')) return sendJson(response, 200, { sobjects: [ACCOUNT] });
    if (pathname.endsWith('/describe')) {
      return sendJson(response, 200, { ...ACCOUNT, fields: [], childRelationships: [] });
    }
    if (pathname.endsWith('/query'))
      return sendJson(response, 200, { totalSize: 0, done: true, records: [] });
    return sendJson(response, status, [{ errorCode, message: 'entity is deleted' }]);
  });
  const grant = { accessToken: 'canary', instanceUrl: origin, generation: 1 };
  const source = { current: async () => grant, renew: async () => grant, used: async () => undefined };
  return {
    connection: { id: 'c1', service: null, scopes: [] },
    client: { source, apiVersion: '66.0', meter: { calls: 0, budget: null, rows: null } },
    reader: { orgId: '00D', userId: user, locale: null, timeZone: null, defaultCurrency: null },
  } as unknown as RecordsAccess;
}

it.each([
  [404, 'ENTITY_IS_DELETED', 'SALESFORCE_NOT_FOUND', 'This Account was deleted.'],
  [404, 'NOT_FOUND', 'SALESFORCE_NOT_FOUND', 'There is no such Account, or you may not see it.'],
  [403, 'INSUFFICIENT_ACCESS', 'SALESFORCE_FORBIDDEN', 'This Salesforce user may not see this.'],
])('says why a record is not there: %i %s', async (status, errorCode, code, message) => {
  const access = await accessTo(status, errorCode, `005${errorCode}`);
  await expect(loadRecord(access, ID)).rejects.toMatchObject({ code, message });
  expect(access.client.meter.calls).toBe(4);
});
