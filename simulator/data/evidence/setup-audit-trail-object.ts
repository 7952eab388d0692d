import type { LiveObject } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import type { OrgState } from '@/simulator/state/org-state';
import { isAdministrator } from '@/simulator/state/user-access';

const KEPT_MS = 180 * 24 * 60 * 60 * 1000;

/** `SetupAuditTrail` (Object Reference): 180 days, for who may view Setup. */
export function setupAuditTrailObject(state: () => OrgState): LiveObject {
  return {
    definition: {
      name: 'SetupAuditTrail',
      label: 'Setup Audit Trail Entry',
      labelPlural: 'Setup Audit Trail Entries',
      keyPrefix: '0Ym',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'Setup Audit Trail Entry ID', 'id', 18, 'afsgd'),
        field('Action', 'Action', 'string', 80, 'afsng'),
        field('Section', 'Section', 'string', 80, 'afsng'),
        field('CreatedDate', 'Created Date', 'datetime', 0, 'afsd'),
        lookup('CreatedById', 'Created By ID', 'User', 'CreatedBy', 'afsgd'),
        field('Display', 'Display', 'string', 255, 'sn'),
        field('DelegateUser', 'Delegate User', 'string', 255, 'afsng'),
        field('ResponsibleNamespacePrefix', 'Responsible Namespace Prefix', 'string', 15, 'afsng'),
        field('CreatedByContext', 'Created By Context', 'string', 80, 'afsng'),
        field('CreatedByIssuer', 'Created By Issuer', 'string', 80, 'afsng'),
      ],
      children: [],
      scopes: [],
    },
    isFor: isAdministrator,
    rows: () => {
      const { setupAuditTrail, clock } = state();
      return setupAuditTrail
        .list()
        .filter(({ at }) => clock.now() - at <= KEPT_MS)
        .map(({ id, action, section, display, at, createdById }) => ({
          id,
          cells: {
            Id: id,
            Action: action,
            Section: section,
            Display: display,
            CreatedDate: salesforceDateTime(at),
            CreatedById: createdById,
          },
        }));
    },
  };
}
