import { causeWords } from '@/lib/connections/cause/cause-words';
import { CAUSE_CODES, type CauseCode } from '@/lib/connections/types';
import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';
import type { Cause } from '@/lib/doctor/types';

type Place = Pick<Cause, 'setup' | 'article'> & Partial<Pick<Cause, 'needsApproval' | 'actor' | 'retry'>>;

const WAIT_FOR_NOTHING = { actor: 'nobody', retry: 'retest' } as const;

/** Where each ending is looked at in Salesforce, and what Salesforce writes about it. */
const PLACES: Record<CauseCode, Place> = {
  replayed: { setup: SETUP.loginHistory, article: ARTICLES.rotation },
  answer_lost: { setup: SETUP.loginHistory, article: ARTICLES.rotation },
  revoked: { setup: SETUP.appUsage, article: ARTICLES.revoke },
  password_changed: { setup: SETUP.loginHistory, article: ARTICLES.refreshFlow },
  user_inactive: { setup: SETUP.users, article: ARTICLES.riskyAddresses },
  not_approved: { setup: SETUP.appPolicies, article: ARTICLES.manageApp, needsApproval: true },
  five_grants: { setup: SETUP.appUsage, article: ARTICLES.fiveApprovals },
  idle_limit: { setup: SETUP.appPolicies, article: ARTICLES.manageApp },
  absolute_limit: { setup: SETUP.appPolicies, article: ARTICLES.manageApp },
  app_blocked: { setup: SETUP.appUsage, article: ARTICLES.uninstalledApps, needsApproval: true },
  secret_rotated: { setup: SETUP.appSecret, article: ARTICLES.flowErrors, retry: 'retest' },
  secret_applied: { setup: SETUP.appSecret, article: ARTICLES.flowErrors },
  ip_restricted: { setup: SETUP.appPolicies, article: ARTICLES.continuousIp, retry: 'retest' },
  sandbox_refreshed: { setup: SETUP.company, article: ARTICLES.sandboxRefresh },
  org_closed: { setup: SETUP.company, article: ARTICLES.sandboxRefresh, retry: 'retest' },
  session_killed: { setup: SETUP.sessions, article: ARTICLES.revoke, ...WAIT_FOR_NOTHING },
  instance_moved: { setup: SETUP.myDomain, article: ARTICLES.myDomain },
  app_changed: { setup: null, article: ARTICLES.externalClientApps },
  unknown: { setup: SETUP.loginHistory, article: ARTICLES.refreshFlow },
};

const ACTORS = { reconnect: 'you', environment: 'portal_admin', salesforce: 'salesforce_admin' } as const;

/** `grant.<code>`: the id of an ending in the catalogue. */
export function endingId(code: CauseCode): `grant.${CauseCode}` {
  return `grant.${code}`;
}

/** The endings that `lib/connections/cause` names, as causes of the catalogue. */
export const GRANT_ENDINGS = Object.fromEntries(
  CAUSE_CODES.map((code): [string, Cause] => {
    const { title, meaning, step, nextStep } = causeWords(code);
    return [
      endingId(code),
      {
        id: endingId(code),
        title,
        happened: 'The grant does not serve calls any more.',
        why: meaning,
        fix: [nextStep],
        actor: ACTORS[step],
        retry: 'reconnect',
        needsApproval: false,
        ...PLACES[code],
      },
    ];
  }),
) as Record<`grant.${CauseCode}`, Cause>;
