import type { LiveObject } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import type { OrgState } from '@/simulator/state/org-state';
import { isAdministrator } from '@/simulator/state/user-access';

/** `LoginHistory` (Object Reference): needs Manage Users. Status is no filter. */
export function loginHistoryObject(state: () => OrgState): LiveObject {
  return {
    definition: {
      name: 'LoginHistory',
      label: 'Login History',
      labelPlural: 'Login History',
      keyPrefix: '0Ya',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'Login ID', 'id', 18, 'afsgd'),
        lookup('UserId', 'User ID', 'User', null, 'afsg'),
        field('LoginTime', 'Login Time', 'datetime', 0, 'afs'),
        field('LoginType', 'Login Type', 'picklist', 40, 'afsgr', {
          picklist: ['Application', 'Remote Access 2.0'],
        }),
        field('SourceIp', 'Source IP', 'string', 39, 'asng'),
        field('LoginUrl', 'Login URL', 'string', 120, 'asng'),
        field('Browser', 'Browser', 'string', 64, 'asng'),
        field('Platform', 'Platform', 'string', 64, 'asng'),
        field('Status', 'Status', 'string', 120, 'asng'),
        field('Application', 'Application', 'string', 64, 'asng'),
        field('ClientVersion', 'Client Version', 'string', 64, 'asng'),
        field('ApiType', 'API Type', 'string', 64, 'asng'),
        field('ApiVersion', 'API Version', 'string', 32, 'asng'),
        field('CountryIso', 'Country Code', 'string', 3, 'asng'),
        field('TlsProtocol', 'TLS Protocol', 'picklist', 40, 'asngr', { picklist: ['TLS 1.2', 'TLS 1.3'] }),
      ],
      children: [],
      scopes: [],
    },
    isFor: isAdministrator,
    rows: () =>
      state()
        .loginHistory.list()
        .map(({ id, userId, at, loginType, sourceIp, loginUrl, application, status }) => ({
          id,
          cells: {
            Id: id,
            UserId: userId,
            LoginTime: salesforceDateTime(at),
            LoginType: loginType,
            SourceIp: sourceIp,
            LoginUrl: loginUrl,
            Browser: loginType === 'Application' ? 'Chrome 143' : 'Unknown',
            Platform: loginType === 'Application' ? 'Linux' : 'Unknown',
            Status: status,
            Application: application,
            ClientVersion: 'N/A',
            TlsProtocol: 'TLS 1.3',
          },
        })),
  };
}
