import { appByName } from '@/simulator/apps/lookup';
import { usersWith } from '@/simulator/apps/permission-sets';
import { type RefreshPolicyType, refreshSettings } from '@/simulator/apps/refresh-policy';
import { SCOPES } from '@/simulator/apps/scopes';
import { newConsumerKey, newConsumerSecret } from '@/simulator/apps/secrets';
import { appNameOf, callbackUrlsOf, listOf } from '@/simulator/metadata/check-apps';
import type { ComponentTypeName } from '@/simulator/metadata/component-types';
import type { Component } from '@/simulator/metadata/deployment';
import { makeId } from '@/simulator/seed/ids';
import { FIRST_APP } from '@/simulator/seed/orgs';
import type { OrgState } from '@/simulator/state/org-state';
import type { SimApp, SimOrg } from '@/simulator/types';

type Values = Component['values'];

/**
 * Makes the org's apps what the components say, element by element: one that is left out falls back to its default.
 * Types that are not in the deployment stay as they are. The developer names of new apps.
 */
export function applyComponents(state: OrgState, components: readonly Component[]): string[] {
  const { org, clock } = state;
  const created: string[] = [];
  for (const name of new Set(components.map(appNameOf))) {
    const own = components.filter((component) => appNameOf(component) === name);
    const valuesOf = (type: ComponentTypeName) => own.find((component) => component.type === type)?.values;
    const known = appByName(org, name);
    const app = known ?? newApp(state, name, valuesOf('ExtlClntAppGlobalOauthSettings')?.consumerKey);
    for (const { type, name: member, values } of own) {
      Object.assign(app, SETTINGS[type](values, org));
      if (type === 'ExtlClntAppGlobalOauthSettings') app.globalSettingsName = member;
    }
    app.changedAt = clock.now();
    if (known) continue;
    org.apps.push(app);
    created.push(name);
  }
  return created;
}

/** An app with the policies that Salesforce makes by itself: open to everybody, refresh tokens for a year. */
function newApp(state: OrgState, developerName: string, consumerKey: string | undefined): SimApp {
  const { org, clock } = state;
  const pod = org.orgId.slice(3, 6);
  const number = FIRST_APP + org.apps.length * 977;
  return {
    id: makeId('0xI', pod, number),
    consumerId: makeId('888', pod, number),
    developerName,
    globalSettingsName: developerName,
    clientId: consumerKey || newConsumerKey(),
    // Salesforce makes the secret, whatever the metadata says.
    clientSecret: newConsumerSecret(),
    staged: null,
    label: developerName,
    contactEmail: '',
    description: null,
    callbackUrls: [],
    scopes: [],
    pkceRequired: true,
    secretRequiredForCode: true,
    secretRequiredForRefresh: true,
    rotation: false,
    installed: true,
    blocked: false,
    oauthEnabled: true,
    enabled: true,
    preApproved: null,
    ...refreshSettings({ type: 'SpecificLifetime', period: 365, unit: 'Days' }),
    certificate: null,
    clientCredentialsUser: null,
    ipRelaxation: 'Enforce',
    requiredSessionLevel: 'STANDARD',
    changedAt: clock.now(),
    usableAt: clock.now() + org.appSettings.newAppDelayMs,
    isDeployed: true,
  };
}

/** What the elements of each type make of an app. */
const SETTINGS: Record<ComponentTypeName, (values: Values, org: SimOrg) => Partial<SimApp>> = {
  ExternalClientApplication: ({ label, contactEmail, description }) => ({
    label: label ?? '',
    contactEmail: contactEmail ?? '',
    description: description ?? null,
  }),
  ExtlClntAppOauthSettings: (values) => {
    const names = listOf(values.commaSeparatedOauthScopes);
    return { scopes: SCOPES.filter(({ metadata }) => names.includes(metadata)).map(({ oauth }) => oauth) };
  },
  ExtlClntAppGlobalOauthSettings: (values) => ({
    callbackUrls: callbackUrlsOf(values.callbackUrl ?? ''),
    certificate: values.certificate ?? null,
    pkceRequired: flag(values.isPkceRequired, true),
    rotation: flag(values.isRefreshTokenRotationEnabled, false),
    secretRequiredForCode: !flag(values.isConsumerSecretOptional, false),
    secretRequiredForRefresh: flag(values.isSecretRequiredForRefreshToken, true),
  }),
  ExtlClntAppOauthConfigurablePolicies: (values, org) => ({
    ipRelaxation: values.ipRelaxationPolicyType ?? 'Enforce',
    requiredSessionLevel: values.requiredSessionLevel ?? 'STANDARD',
    preApproved: preApprovedOf(values, org),
    clientCredentialsUser: flag(values.isClientCredentialsFlowEnabled, false)
      ? (values.clientCredentialsFlowUser ?? null)
      : null,
    ...refreshSettings({
      type: (values.refreshTokenPolicyType ?? 'Infinite') as RefreshPolicyType,
      period: values.refreshTokenValidityPeriod ? Number(values.refreshTokenValidityPeriod) : null,
      unit: (values.refreshTokenValidityUnit as SimApp['refreshUnit'] | undefined) ?? null,
    }),
  }),
  ExtlClntAppConfigurablePolicies: (values) => ({
    enabled: flag(values.isEnabled, false),
    oauthEnabled: flag(values.isOauthPluginEnabled, false),
  }),
};

function flag(value: string | undefined, otherwise: boolean): boolean {
  return value ? value === 'true' : otherwise;
}

/** Null: all users may self-authorize. Else those with one of the permission sets or profiles. */
function preApprovedOf(values: Values, org: SimOrg): string[] | null {
  if (values.permittedUsersPolicyType !== 'AdminApprovedPreAuthorized') return null;
  const permissionSets = listOf(values.commaSeparatedPermissionSet);
  return usersWith(org, { permissionSets, profiles: listOf(values.commaSeparatedProfile) });
}
