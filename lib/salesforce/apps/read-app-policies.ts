import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { quoteString } from '@/lib/soql/quote';
import { selectStatement } from '@/lib/soql/select';
import { answerInvalid } from '../client';
import { runQuery } from '../query';
import type { SalesforceClient } from '../types';
import { SCOPE_FIELDS } from './oauth-scopes';
import { listConsumers, listOAuthApps } from './read-credentials';
import { readGlobalSettings } from './read-global-settings';
import type { AppPolicies, GlobalOAuthSettings, OAuthAppEntry, RefreshTokenPolicy } from './types';

/** What an org answers when it does not let a user see an object or a field, or does not have it. */
const UNSEEN = /^(?:INVALID_TYPE|INVALID_FIELD|INSUFFICIENT_ACCESS)/;

const UNSEEN_SETTINGS: GlobalOAuthSettings = {
  callbackUrls: null,
  pkceRequired: null,
  rotation: null,
  secretRequiredForCode: null,
  secretRequiredForRefresh: null,
};

const appSchema = z.object({ Id: z.string(), DeveloperName: z.string(), MasterLabel: z.string().nullish() });

const policySchema = z.object({
  PermittedUsersPolicyType: z.enum(['AllSelfAuthorized', 'AdminApprovedPreAuthorized']).nullish().catch(null),
  IpRelaxationPolicyType: z.string().nullish(),
  RefreshTokenPolicyType: z
    .enum(['Infinite', 'Zero', 'SpecificLifetime', 'SpecificInactivity'])
    .nullish()
    .catch(null),
  RefreshTokenValidityPeriod: z.number().nullish(),
  RefreshTokenValidityUnit: z.enum(['Hours', 'Days', 'Months']).nullish().catch(null),
  RequiredSessionLevel: z.string().nullish(),
});

const pluginSchema = z.object({ IsEnabled: z.boolean().nullish(), OauthPluginStatus: z.string().nullish() });

type Row = Record<string, unknown>;

/**
 * What the org says of an External Client App, found by its client id or its developer name; null when it lists none.
 * A client id is looked for in the lists of consumers, one call for each app of the org; an app that is found so and
 * that no query shows has null for all that only queries tell.
 * Callback URLs, PKCE, rotation and required secrets come from the Metadata API: no query sees them. Throws
 * `SALESFORCE_OBJECT_HIDDEN` for a user who may not see apps at all.
 */
export async function readAppPolicies(
  client: SalesforceClient,
  wanted: { clientId: string } | { developerName: string },
): Promise<AppPolicies | null> {
  const app =
    'developerName' in wanted
      ? await readApp(client, `DeveloperName = ${quoteString(wanted.developerName)}`)
      : await findByClientId(client, wanted.clientId);
  if (app === null) return null;
  const { id: appId, developerName, label } = app;
  const ofApp = `ExternalClientApplicationId = ${quoteString(appId)}`;
  const read = (sobject: string, names: readonly string[]) =>
    unlessHidden(() => readFirst(client, sobject, names, ofApp));
  const settings = await read('ExtlClntAppOauthSettings', Object.keys(SCOPE_FIELDS));
  const policy = await read('ExtlClntAppOauthPlcyCnfg', Object.keys(policySchema.shape));
  const plugins = await read('ExtlClntAppPlcyCnfg', Object.keys(pluginSchema.shape));
  const global = await unlessHidden(() => readGlobalSettings(client, developerName));
  return {
    appId,
    developerName,
    label,
    scopes: settings && scopesOf(settings),
    ...policiesOf(policy),
    ...pluginsOf(plugins),
    ...(global ?? UNSEEN_SETTINGS),
  };
}

async function readApp(client: SalesforceClient, where: string): Promise<OAuthAppEntry | null> {
  const row = await readFirst(client, 'ExternalClientApplication', Object.keys(appSchema.shape), where);
  if (!row) return null;
  const app = appSchema.safeParse(row);
  if (!app.success) throw answerInvalid();
  return { id: app.data.Id, developerName: app.data.DeveloperName, label: app.data.MasterLabel ?? null };
}

/** An app that the Connect REST API lists is there, even if no query shows its row to this user. */
async function findByClientId(client: SalesforceClient, clientId: string): Promise<OAuthAppEntry | null> {
  for (const app of await listOAuthApps(client)) {
    const consumers = await listConsumers(client, app.id);
    if (!consumers.some(({ key }) => key === clientId)) continue;
    return (await unlessHidden(() => readApp(client, `Id = ${quoteString(app.id)}`))) ?? app;
  }
  return null;
}

function scopesOf(row: Row): string[] {
  return Object.entries(SCOPE_FIELDS).flatMap(([field, scope]) => (row[field] === true ? [scope] : []));
}

function policiesOf(
  row: Row | null,
): Pick<AppPolicies, 'refreshTokenPolicy' | 'ipRelaxation' | 'permittedUsers' | 'requiredSessionLevel'> {
  const parsed = policySchema.safeParse(row ?? {});
  if (!parsed.success) throw answerInvalid();
  const { data } = parsed;
  return {
    refreshTokenPolicy: refreshTokenPolicyOf(data),
    ipRelaxation: data.IpRelaxationPolicyType ?? null,
    permittedUsers: data.PermittedUsersPolicyType ?? null,
    requiredSessionLevel: data.RequiredSessionLevel ?? null,
  };
}

function refreshTokenPolicyOf(data: z.infer<typeof policySchema>): RefreshTokenPolicy | null {
  const type = data.RefreshTokenPolicyType;
  if (!type) return null;
  return {
    type,
    period: data.RefreshTokenValidityPeriod ?? null,
    unit: data.RefreshTokenValidityUnit ?? null,
  };
}

function pluginsOf(row: Row | null): Pick<AppPolicies, 'enabled' | 'oauthPlugin'> {
  const parsed = pluginSchema.safeParse(row ?? {});
  if (!parsed.success) throw answerInvalid();
  const status = parsed.data.OauthPluginStatus?.toLowerCase();
  return {
    enabled: parsed.data.IsEnabled ?? null,
    oauthPlugin: status === 'enabled' ? true : status === 'disabled' ? false : null,
  };
}

/** Null in place of what the org does not show to this user. */
async function unlessHidden<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && UNSEEN.test(error.salesforce?.error ?? '')) return null;
    throw error;
  }
}

async function readFirst(
  client: SalesforceClient,
  sobject: string,
  fields: readonly string[],
  where: string,
): Promise<Row | null> {
  const soql = selectStatement({ sobject, fields, where });
  const page = await runQuery(client, soql, { batchSize: 200 });
  return page.records[0] ?? null;
}
