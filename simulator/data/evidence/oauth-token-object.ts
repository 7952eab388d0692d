import type { LiveObject } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import { makeId } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import { isAdministrator } from '@/simulator/state/user-access';

const MASKED = '********************';

/** `OauthToken` (Object Reference): one's own grants; everybody's for administrators. Tokens are masked. */
export function oauthTokenObject(state: () => OrgState): LiveObject {
  return {
    definition: {
      name: 'OauthToken',
      label: 'OAuth Token',
      labelPlural: 'OAuth Tokens',
      keyPrefix: '0CQ',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'OAuth Token ID', 'id', 18, 'afsgd'),
        field('AppName', 'App Name', 'string', 80, 'afsng'),
        field('AppMenuItemId', 'App Menu Item ID', 'reference', 18, 'afsng'),
        lookup('UserId', 'User ID', 'User', 'User', 'afsng'),
        field('CreatedDate', 'Created Date', 'datetime', 0, 'afsd'),
        field('LastUsedDate', 'Last Used Date', 'datetime', 0, 'afsn'),
        field('UseCount', 'Use Count', 'int', 9, 'afsng'),
        field('DeleteToken', 'Delete Token', 'string', 255, 'sn'),
        field('RequestToken', 'Request Token', 'string', 255, 'sn'),
        field('AccessToken', 'Access Token', 'string', 255, 'sn'),
      ],
      children: [],
      scopes: [],
    },
    isFor: () => true,
    rows: (user) => {
      const { grants, org } = state();
      const pod = org.orgId.slice(3, 6);
      return grants
        .list()
        .filter(({ ended, refreshToken }) => ended === null && refreshToken !== null)
        .filter(({ userId }) => userId === user.id || isAdministrator(user))
        .flatMap((grant) => {
          const number = org.apps.findIndex(({ clientId }) => clientId === grant.clientId);
          const app = org.apps[number];
          if (!app || !grants.isAlive(grant, app)) return [];
          const id = makeId('0CQ', pod, grant.id);
          const cells = {
            Id: id,
            AppName: app.label,
            AppMenuItemId: app.installed ? makeId('0DS', pod, number + 1) : null,
            UserId: grant.userId,
            CreatedDate: salesforceDateTime(grant.createdAt),
            LastUsedDate: salesforceDateTime(grant.lastUsedAt),
            UseCount: grant.uses,
            DeleteToken: MASKED,
            RequestToken: null,
            AccessToken: MASKED,
          };
          return [{ id, cells }];
        });
    },
  };
}
