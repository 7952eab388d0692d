import type { environments } from '@/db/schema/environments';
import type { EnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentColor } from '@/lib/environments/types';

type EnvironmentRow = typeof environments.$inferSelect;

/** What the form of an environment decides, as it is stored: all but the secret and the status. */
export type EnvironmentSettings = Omit<EnvironmentForm, 'consumerSecret' | 'removeSecret' | 'saveAs'>;

/** The settings of a row. */
export function settingsOf(row: EnvironmentRow): EnvironmentSettings {
  return {
    name: row.name,
    kind: row.kind,
    isProduction: row.isProduction,
    color: row.color as EnvironmentColor | null,
    rank: row.rank,
    contactEmail: row.contactEmail,
    runAsUsername: row.runAsUsername,
    origin: row.origin,
    appType: row.appType,
    clientId: row.clientId,
    clientType: row.clientType,
    clientAuthentication: row.clientAuthentication,
    apiVersion: row.apiVersion,
    scopes: row.scopes,
    sendScopeOnRefresh: row.sendScopeOnRefresh,
    authorizeParameters: row.authorizeParameters,
    tokenParameters: row.tokenParameters,
    tokenHeaders: row.tokenHeaders,
    authorizeUrl: row.authorizeUrl,
    tokenUrl: row.tokenUrl,
    headerPrefix: row.headerPrefix,
    authenticationTimeoutSeconds: row.authenticationTimeoutSeconds,
    queryTimeoutSeconds: row.queryTimeoutSeconds,
    apiReservePercent: row.apiReservePercent,
    allowRawTokens: row.allowRawTokens,
    allowSignIn: row.allowSignIn,
    membership: row.membership,
    access: row.access,
    idleLimitDays: row.idleLimitDays,
    absoluteLimitDays: row.absoluteLimitDays,
    introspection: row.introspection,
    uncertainPolicy: row.uncertainPolicy,
    readingHours: row.readingHours,
    outsideHours: row.outsideHours,
  };
}

/** Another app or another address: a secret of before does not go there. */
export function movesApp(before: EnvironmentSettings, after: EnvironmentSettings): boolean {
  return before.origin !== after.origin || before.clientId !== after.clientId;
}

/** It changes an app that is there, its address or its secret, which a rotation of the secret holds fast. */
export function changesApp(
  before: EnvironmentSettings,
  after: EnvironmentSettings,
  { secret, removesSecret }: { secret: string | null; removesSecret: boolean },
): boolean {
  const retyped = before.clientType !== after.clientType;
  return movesApp(before, after) || retyped || secret !== null || removesSecret;
}

/** The settings that differ, as they were and as they are to be: jsonb has its own order of keys. */
export function changedSettings(before: EnvironmentSettings, after: EnvironmentSettings) {
  const names = (Object.keys(after) as Array<keyof EnvironmentSettings>).filter(
    (name) => inOrder(before[name]) !== inOrder(after[name]),
  );
  const pick = (settings: EnvironmentSettings) =>
    Object.fromEntries(names.map((name) => [name, settings[name]]));
  return { before: pick(before), after: pick(after) };
}

/** As JSON, the keys of objects in one order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
