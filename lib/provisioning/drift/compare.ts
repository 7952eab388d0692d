import { appSettingsOf } from '@/lib/provisioning/app-pack/setting-rows';
import type { AppType, SettingId, WantedApp } from '@/lib/provisioning/app-pack/types';
import type { AppFacts, DriftRow } from '@/lib/provisioning/drift/types';
import { SCOPE_FIELDS } from '@/lib/salesforce/apps/oauth-scopes';

/** What there is in words, and whether it is as wanted; null: not visible. */
type Seen = { words: string; same: boolean } | null;

/** Every setting of an app as it has to be, and as it is. */
export function compareApp(wanted: WantedApp, appType: AppType, facts: AppFacts): DriftRow[] {
  return appSettingsOf(wanted, appType).map(({ id, label, want, why, path }) => {
    const seen = facts.found === false ? NOT_THERE : SEEN[id](facts, wanted);
    const state = seen === null ? 'unknown' : seen.same ? 'same' : 'different';
    return { id, label, want, why, path, seen: seen?.words ?? null, state };
  });
}

const NOT_THERE: Seen = { words: 'The org has no such app', same: false };

const SEEN: Record<SettingId, (facts: AppFacts, wanted: WantedApp) => Seen> = {
  app_type: ({ external }) => (external === null ? null : { words: 'External Client App', same: external }),
  enabled: ({ enabled }) => onOff(enabled),
  oauth_enabled: ({ oauthEnabled }) => onOff(oauthEnabled),
  callback: ({ callbackUrls, callbackRegistered }, { callbackUrl }) => {
    if (callbackUrls !== null)
      return { words: callbackUrls.join(', '), same: callbackUrls.includes(callbackUrl) };
    if (callbackRegistered === null) return null;
    return { words: callbackRegistered ? 'registered' : 'not registered', same: callbackRegistered };
  },
  scopes: ({ scopes }, wanted) => {
    if (scopes === null) return null;
    const missing = missingScopes(scopes, wanted.scopes);
    const words = scopes.join(' ');
    return {
      words: missing.length === 0 ? words : `${words}; missing: ${missing.join(' ')}`,
      same: missing.length === 0,
    };
  },
  pkce: ({ pkceRequired }) => onOff(pkceRequired),
  secret_web_server: ({ secretRequired }, wanted) => onOff(secretRequired, wanted.secretRequired),
  secret_refresh: ({ secretRequiredForRefresh }, wanted) =>
    onOff(secretRequiredForRefresh, wanted.secretRequired),
  rotation: ({ rotation }) => onOff(rotation),
  permitted_users: ({ permittedUsers }, wanted) =>
    permittedUsers === null
      ? null
      : {
          words: PERMITTED_USERS[permittedUsers] ?? permittedUsers,
          same: wanted.permittedUsers === null || wanted.permittedUsers === permittedUsers,
        },
  ip_relaxation: ({ ipRelaxation }) =>
    ipRelaxation === null
      ? null
      : { words: IP_RELAXATION[ipRelaxation] ?? ipRelaxation, same: ipRelaxation === 'Enforce' },
  refresh_policy: (facts, wanted) => refreshPolicySeen(facts, wanted),
};

function onOff(value: boolean | null, want = true): Seen {
  return value === null ? null : { words: value ? 'on' : 'off', same: value === want };
}

const PERMITTED_USERS: Record<string, string> = {
  AllSelfAuthorized: 'All users can self-authorize',
  AdminApprovedPreAuthorized: 'Admin approved users are pre-authorized',
};

const IP_RELAXATION: Record<string, string> = {
  Enforce: 'Enforce IP restrictions',
  Enforce_RelaxRefresh: 'Enforce IP restrictions, but relax for refresh tokens',
  Bypass_2factor: 'Relax IP restrictions for activated devices',
  Bypass: 'Relax IP restrictions',
};

/** The scopes that an org shows; nothing is known of any other. */
const SHOWN = new Set(Object.values(SCOPE_FIELDS));

/** Either name of the refresh token will do, and `full` holds everything but it. */
function missingScopes(has: readonly string[], wanted: readonly string[]): string[] {
  const lasting = has.includes('refresh_token') || has.includes('offline_access');
  return wanted.filter((scope) => {
    if (has.includes(scope) || !SHOWN.has(scope)) return false;
    if (scope === 'refresh_token' || scope === 'offline_access') return !lasting;
    return !has.includes('full');
  });
}

const HOURS: Record<string, number> = { Hours: 1, Days: 24, Months: 30 * 24 };

function refreshPolicySeen(facts: AppFacts, { refreshToken }: WantedApp): Seen {
  const { refreshTokenType: type, refreshTokenPeriod: period, refreshTokenUnit: unit } = facts;
  if (type === null) return null;
  if (type === 'Infinite') {
    return { words: 'Valid until revoked', same: refreshToken.type === 'Infinite' };
  }
  if (type === 'Zero') return { words: 'Immediately expire', same: false };
  const span = `${period ?? '?'} ${(unit ?? '').toLowerCase()}`.trim();
  const words = type === 'SpecificInactivity' ? `Expire if not used for ${span}` : `Expire after ${span}`;
  if (refreshToken.type === 'Infinite' || refreshToken.type !== type) return { words, same: false };
  const hours = (period ?? 0) * (HOURS[unit ?? ''] ?? 0);
  return { words, same: hours === refreshToken.days * 24 };
}
