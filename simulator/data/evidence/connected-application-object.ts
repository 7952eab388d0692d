import type { LiveObject } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import { makeId } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import { isAdministrator } from '@/simulator/state/user-access';

const HOUR_MS = 60 * 60 * 1000;

/** `ConnectedApplication` (Object Reference): the installed apps and their policies, for administrators. */
export function connectedApplicationObject(state: () => OrgState): LiveObject {
  return {
    definition: {
      name: 'ConnectedApplication',
      label: 'Connected App',
      labelPlural: 'Connected Apps',
      keyPrefix: '0H4',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'Connected App ID', 'id', 18, 'afsgd'),
        field('Name', 'Connected App Name', 'string', 80, 'afsgN'),
        field('CreatedDate', 'Created Date', 'datetime', 0, 'afsd'),
        lookup('CreatedById', 'Created By ID', 'User', 'CreatedBy', 'afsgd'),
        field(
          'OptionsAllowAdminApprovedUsersOnly',
          'Admin approved users are pre-authorized',
          'boolean',
          0,
          'fsgd',
        ),
        field(
          'OptionsRefreshTokenValidityMetric',
          'Refresh token validity: since the last use',
          'boolean',
          0,
          'fsgd',
        ),
        field('RefreshTokenValidityPeriod', 'Refresh Token Validity', 'int', 9, 'afsng'),
      ],
      children: [],
      scopes: [],
    },
    isFor: isAdministrator,
    rows: () => {
      const { org } = state();
      return org.apps.flatMap((app, index) => {
        if (!app.installed) return [];
        const id = makeId('0H4', org.orgId.slice(3, 6), index + 1);
        const validFor = app.refreshIdleMs ?? app.refreshLifetimeMs;
        const cells = {
          Id: id,
          Name: app.label,
          CreatedDate: salesforceDateTime(Date.UTC(2026, 0, 12, 8, 30)),
          CreatedById: org.users[0]?.id ?? null,
          OptionsAllowAdminApprovedUsersOnly: app.preApproved !== null,
          // True: measured from the last use; false: from the consent.
          OptionsRefreshTokenValidityMetric: app.refreshIdleMs !== null,
          RefreshTokenValidityPeriod: validFor === null ? null : Math.ceil(validFor / HOUR_MS),
        };
        return [{ id, cells }];
      });
    },
  };
}
