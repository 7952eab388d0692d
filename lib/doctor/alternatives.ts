import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import type { AppFacts } from '@/lib/doctor/history';
import type { Alternative } from '@/lib/doctor/types';
import { isCommonLoginHost } from '@/lib/egress/hosts';

type Fits = readonly [id: CauseId, why: string];

const ENDINGS: readonly Fits[] = [
  ['grant.revoked', 'A user or an administrator can revoke it at any time.'],
  ['grant.replayed', 'A used refresh token presented again ends everything.'],
  ['grant.idle_limit', 'Many apps end grants that are not refreshed for 30 days.'],
  ['grant.user_inactive', 'Frozen and inactive users read the same.'],
  ['grant.five_grants', 'Salesforce keeps five grants for each user and app.'],
  ['grant.app_blocked', 'A blocked app reads the same at a refresh.'],
  ['grant.secret_rotated', 'Applying a new consumer secret ends all grants of the app.'],
];

/** Causes whose words are close enough to be mistaken for each other, likeliest first. */
const NEIGHBOURS: Partial<Record<CauseId, readonly Fits[]>> = {
  app_not_installed: [
    ['client_id_unknown', 'The consumer key may be that of another org’s app.'],
    ['app_blocked', 'Some orgs answer so for an app that they block.'],
  ],
  app_blocked: [['app_not_installed', 'An org can block everything that is not installed.']],
  user_not_approved: [['app_blocked', 'The app may be closed to everybody.']],
  client_id_unknown: [['app_not_installed', 'The app may be another org’s and not be installed here.']],
  secret_refused: [
    ['app_not_installed', 'At the consent page the same error means that the app is not installed.'],
  ],
  code_expired: [['refresh_in_flight', 'Salesforce once used these words for a request under way.']],
  refresh_in_flight: [['grant.replayed', 'A second program may have used the token already.']],
  wrong_host: [['flow_disabled', 'The flow may be switched off in the app.']],
  session_expired: [['ip_restricted', 'A session that is locked to an address reads the same.']],
  object_unknown: [
    ['api_disabled', 'A user without the API sees no object at all.'],
    ['salesforce_unavailable', 'An org in trouble may answer oddly.'],
  ],
  api_disabled: [['object_unknown', 'The user may lack the object only.']],
  host_unreachable: [['salesforce_unavailable', 'The instance may be down.']],
  host_unresolvable: [['host_unreachable', 'The portal may have no way to the internet at all.']],
  password_refused: [['user_inactive', 'A locked user reads the same.']],
  login_failed: [['ip_restricted', 'Logins can be refused for their address, such as behind a VPN.']],
  grant_ended: ENDINGS,
};

/** What fits as well as a cause. */
export function neighboursOf(id: CauseId): Alternative[] {
  return (NEIGHBOURS[id] ?? []).map(toAlternative);
}

const YOUNG_MS = 10 * 60_000;

/**
 * Why a consent may never have come back, likeliest first by what is known of the app: one that works for others is
 * installed and has the right key; one that never worked may lack anything; a new one may not be known yet.
 */
export function rankNeverCameBack(facts: AppFacts | null): Alternative[] {
  const works = facts?.lastWorkedAt ?? null;
  const young = facts !== null && facts.now.getTime() - facts.appChangedAt.getTime() < YOUNG_MS;
  const ofLoginHost = facts !== null && isCommonLoginHost(facts.origin);
  const app: Fits[] = [
    [
      'app_not_installed',
      ofLoginHost
        ? 'The environment asks a common login host, where a local app is found by its own org only.'
        : 'Salesforce says so on its own page, and never to the callback.',
    ],
    ['app_blocked', 'A blocked app ends on the same page.'],
    ['redirect_uri_mismatch', 'Salesforce sends nothing to a callback URL that it does not know.'],
    [
      'client_id_unknown',
      young
        ? 'The app was entered here less than ten minutes ago, and Salesforce takes 2 to 10 minutes to know it everywhere.'
        : 'An unknown consumer key has no callback URL to answer to.',
    ],
    ['code_challenge_missing', 'Salesforce answers with a bare body then, which browsers save as a file.'],
  ];
  const person: Fits[] = [
    [
      'page_closed',
      works
        ? 'The app works for others, so it may just not have been finished.'
        : 'The page may just have been closed.',
    ],
    ['login_failed', 'A wrong password, a VPN or an address outside the allowed ranges stops at the login.'],
    ['user_not_approved', 'The app may be closed to this very user.'],
  ];
  if (young) app.unshift(...app.splice(3, 1));
  return (works ? [...person, ...app] : [...app, ...person]).map(toAlternative);
}

/** An alternative of the catalogue, with the reason for its place. */
export function toAlternative([id, why]: Fits): Alternative {
  const { title, fix } = CAUSES[id];
  return { id, title, why, fix };
}
