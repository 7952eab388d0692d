import { managesApps } from '@/simulator/apps/lookup';
import { refreshPolicyOf } from '@/simulator/apps/refresh-policy';
import { SCOPES } from '@/simulator/apps/scopes';
import type { LiveObject } from '@/simulator/data/live-table';
import { AUDIT_FIELDS, IS_DELETED } from '@/simulator/data/objects/common-fields';
import { type CellValue, type FieldDefinition, field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import { id18 } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import type { SimApp } from '@/simulator/types';

const NAMES: readonly FieldDefinition[] = [
  field('DeveloperName', 'API Name', 'string', 80, 'afsg'),
  field('Language', 'Master Language', 'picklist', 40, 'afsgr', { picklist: ['en_US'] }),
  field('MasterLabel', 'Label', 'string', 80, 'afsgN'),
];

const OF_APP = lookup(
  'ExternalClientApplicationId',
  'External Client Application ID',
  'ExternalClientApplication',
  'ExternalClientApplication',
  'afsg',
);

const text = (name: string, label: string, length = 255) => field(name, label, 'string', length, 'afsng');
const check = (name: string, label: string) => field(name, label, 'boolean', 0, 'fsg');
const pick = (name: string, label: string, picklist: readonly string[]) =>
  field(name, label, 'picklist', 40, 'afsngr', { picklist });

interface Kind {
  readonly name: string;
  readonly label: string;
  readonly keyPrefix: string;
  readonly fields: readonly FieldDefinition[];
  /** Ends the developer name of a setting of its own. */
  readonly suffix: string;
  readonly cells: (app: SimApp) => Record<string, CellValue>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'ExternalClientApplication',
    label: 'External Client Application',
    keyPrefix: '0xI',
    suffix: '',
    fields: [
      text('ContactEmail', 'Contact Email', 80),
      text('Description', 'Description'),
      pick('DistributionState', 'Distribution State', ['Local', 'Packaged']),
      text('NamespacePrefix', 'Namespace Prefix', 15),
      text('OrgScopedExternalApp', 'Org Scoped External App'),
    ],
    cells: (app) => ({
      ContactEmail: app.contactEmail,
      Description: app.description,
      DistributionState: 'Local',
    }),
  },
  {
    name: 'ExtlClntAppOauthSettings',
    label: 'External Client Application OAuth Settings',
    keyPrefix: '0xO',
    suffix: '_oauth',
    fields: [
      OF_APP,
      text('SingleLogoutUrl', 'Single Logout URL'),
      ...SCOPES.map((scope) => check(scope.field, scope.field.slice('OauthScopes'.length))),
    ],
    cells: ({ scopes }) =>
      Object.fromEntries(SCOPES.map((scope) => [scope.field, scopes.includes(scope.oauth)])),
  },
  {
    name: 'ExtlClntAppOauthPlcyCnfg',
    label: 'External Client Application OAuth Policies Configuration',
    keyPrefix: '0xP',
    suffix: '_oauthPlcy',
    fields: [
      OF_APP,
      text('ClientCredentialsFlowUser', 'Client Credentials Flow User'),
      pick('IpRelaxationPolicyType', 'IP Relaxation', [
        'Enforce',
        'Bypass',
        'Bypass_2factor',
        'Enforce_RelaxRefresh',
      ]),
      check('IsClientCredentialsFlowEnabled', 'Client Credentials Flow Enabled'),
      check('IsGuestCodeCredFlowEnabled', 'Guest Code Credential Flow Enabled'),
      check('IsTokenExchangeFlowEnabled', 'Token Exchange Flow Enabled'),
      pick('PermittedUsersPolicyType', 'Permitted Users', [
        'AllSelfAuthorized',
        'AdminApprovedPreAuthorized',
      ]),
      pick('RefreshTokenPolicyType', 'Refresh Token Policy', [
        'Infinite',
        'Zero',
        'SpecificLifetime',
        'SpecificInactivity',
      ]),
      field('RefreshTokenValidityPeriod', 'Refresh Token Validity Period', 'int', 9, 'afsng'),
      pick('RefreshTokenValidityUnit', 'Refresh Token Validity Unit', ['Hours', 'Days', 'Months']),
      pick('RequiredSessionLevel', 'Required Session Level', ['LOW', 'STANDARD', 'HIGH_ASSURANCE']),
    ],
    cells: (app) => {
      const { type, period, unit } = refreshPolicyOf(app);
      return {
        ClientCredentialsFlowUser: app.clientCredentialsUser,
        IpRelaxationPolicyType: app.ipRelaxation,
        IsClientCredentialsFlowEnabled: app.clientCredentialsUser !== null,
        PermittedUsersPolicyType: app.preApproved ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized',
        RefreshTokenPolicyType: type,
        RefreshTokenValidityPeriod: period,
        RefreshTokenValidityUnit: unit,
        RequiredSessionLevel: app.requiredSessionLevel,
      };
    },
  },
  {
    name: 'ExtlClntAppPlcyCnfg',
    label: 'External Client Application Policies Configuration',
    keyPrefix: '0xQ',
    suffix: '_plcy',
    fields: [
      OF_APP,
      check('IsEnabled', 'Enabled'),
      pick('OauthPluginStatus', 'OAuth Plugin Status', ['Enabled', 'Disabled']),
      text('StartUrl', 'Start URL'),
    ],
    cells: (app) => ({
      IsEnabled: app.enabled,
      OauthPluginStatus: app.oauthEnabled ? 'Enabled' : 'Disabled',
    }),
  },
];

/**
 * What SOQL tells an administrator of the org's External Client Apps. Callback URLs, PKCE, rotation and whether a
 * secret is required are settings of the Metadata API alone: no object has them.
 */
export function appObjects(state: () => OrgState): LiveObject[] {
  return KINDS.map(({ name, label, keyPrefix, suffix, fields, cells }) => ({
    definition: {
      name,
      label,
      labelPlural: label,
      keyPrefix,
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', `${label} ID`, 'id', 18, 'afsgdi'),
        IS_DELETED,
        ...NAMES,
        ...AUDIT_FIELDS,
        ...fields,
      ],
      children: [],
      scopes: [],
    },
    isFor: managesApps,
    rows: () => {
      const { org } = state();
      return org.apps.map((app) => {
        const at = salesforceDateTime(app.changedAt);
        const by = org.users[0]?.id ?? null;
        return {
          id: id18(keyPrefix + app.id.slice(3, 15)),
          cells: {
            DeveloperName: app.developerName + suffix,
            Language: 'en_US',
            MasterLabel: app.label,
            CreatedDate: at,
            CreatedById: by,
            LastModifiedDate: at,
            LastModifiedById: by,
            SystemModstamp: at,
            ExternalClientApplicationId: app.id,
            ...cells(app),
          },
        };
      });
    },
  }));
}
