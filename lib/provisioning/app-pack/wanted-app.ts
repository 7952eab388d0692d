import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import type {
  AppChoice,
  AppEnvironment,
  RefreshTokenPolicy,
  WantedApp,
} from '@/lib/provisioning/app-pack/types';

/** Salesforce's limits for labels and descriptions of External Client Apps. */
const MAX_LABEL = 80;
const MAX_DESCRIPTION = 255;

type Described = Pick<
  AppEnvironment,
  | 'slug'
  | 'name'
  | 'scopes'
  | 'redirectUri'
  | 'clientType'
  | 'contactEmail'
  | 'idleLimitDays'
  | 'absoluteLimitDays'
>;

/** How the app of an environment has to be set up. Without a choice, who may use it is left to the org. */
export function wantedAppOf(environment: Described, choice: AppChoice | null): WantedApp {
  const { slug, name, scopes, redirectUri, clientType, contactEmail } = environment;
  return {
    developerName: developerNameOf(slug),
    label: cut(`Orgdock ${name}`, MAX_LABEL),
    description: cut(`Orgdock connects the environment ${name} through this app.`, MAX_DESCRIPTION),
    contactEmail: contactEmail ?? '',
    callbackUrl: redirectUri,
    scopes,
    secretRequired: clientType === 'confidential',
    refreshToken: refreshTokenPolicyOf(environment),
    permittedUsers: choice?.permittedUsers ?? null,
    permissionSet: choice?.permittedUsers === 'AdminApprovedPreAuthorized' ? choice.permissionSet : null,
  };
}

/** Salesforce takes one limit: the idle one comes first, because keep-alive can hold a grant within it. */
function refreshTokenPolicyOf({
  idleLimitDays,
  absoluteLimitDays,
}: Pick<Described, 'idleLimitDays' | 'absoluteLimitDays'>): RefreshTokenPolicy {
  if (idleLimitDays !== null) return { type: 'SpecificInactivity', days: idleLimitDays };
  if (absoluteLimitDays !== null) return { type: 'SpecificLifetime', days: absoluteLimitDays };
  return { type: 'Infinite' };
}

/** By characters: half of one would be no text. */
function cut(text: string, length: number): string {
  let short = '';
  for (const character of text) {
    if (short.length + character.length > length) break;
    short += character;
  }
  return short.trim();
}
