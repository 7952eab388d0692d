import type { connections, ProblemEvidence } from '@/db/schema/connections';
import type { CauseCode, ConnectionCause } from '@/lib/connections/types';

type Words = Pick<ConnectionCause, 'title' | 'meaning' | 'step'> & { nextStep: string };

const CONNECTED_APPS = 'Setup → Connected Apps OAuth Usage';

const WORDS: Record<CauseCode, Words> = {
  replayed: {
    title: 'The refresh token was used twice',
    meaning:
      'A refresh token of Salesforce works once. When a used one comes again, Salesforce ends the grant.',
    nextStep: 'Reconnect: a new consent begins a new grant.',
    step: 'reconnect',
  },
  answer_lost: {
    title: 'The answer to a refresh was lost',
    meaning: 'Salesforce replaced the refresh token, and the new one never reached Orgdock. Nobody has it.',
    nextStep: 'Reconnect: a new consent begins a new grant.',
    step: 'reconnect',
  },
  revoked: {
    title: 'The grant was revoked in Salesforce',
    meaning: `The user can do that in their personal settings, an administrator under ${CONNECTED_APPS}, for one user or for all.`,
    nextStep:
      'Reconnect. If nobody you know revoked it, show this page to your Salesforce administrator first.',
    step: 'reconnect',
  },
  password_changed: {
    title: 'The password of the Salesforce user was changed',
    meaning: 'A new password can end the sessions and grants that came with the old one.',
    nextStep: 'Reconnect with the new password.',
    step: 'reconnect',
  },
  user_inactive: {
    title: 'The Salesforce user is inactive or frozen',
    meaning:
      'An administrator does that, or Salesforce itself when requests come from an address with a bad reputation.',
    nextStep: 'Ask a Salesforce administrator to activate or unfreeze the user, then reconnect.',
    step: 'salesforce',
  },
  not_approved: {
    title: 'The Salesforce user may not use the app any more',
    meaning: 'The app admits only users whose profile or permission set an administrator has approved.',
    nextStep:
      'Ask a Salesforce administrator to approve your profile or permission set for the app (Setup → External Client App Manager → the app → Policies; for a Connected App: App Manager → the app’s row → Manage → Edit Policies), then reconnect.',
    step: 'salesforce',
  },
  five_grants: {
    title: 'A newer consent pushed this grant out',
    meaning:
      'Salesforce keeps five grants for each user and app. A sixth consent ends the oldest one without a word.',
    nextStep:
      'Disconnect what nobody needs of this Salesforce user, or give Orgdock users of their own, then reconnect.',
    step: 'reconnect',
  },
  idle_limit: {
    title: 'The grant was not refreshed for too long',
    meaning: 'The app’s refresh token policy ends a grant that is not refreshed for a number of days.',
    nextStep: 'Reconnect, and leave “Keep alive” on so that Orgdock refreshes it in time.',
    step: 'reconnect',
  },
  absolute_limit: {
    title: 'The grant has reached its greatest age',
    meaning:
      'The app’s refresh token policy ends every grant a number of days after consent, however it is used.',
    nextStep: 'Reconnect. Only a Salesforce administrator can lengthen the limit, in the app’s policies.',
    step: 'reconnect',
  },
  app_blocked: {
    title: 'The app was blocked or deleted in Salesforce',
    meaning: `An administrator of the org blocks, uninstalls or deletes apps under ${CONNECTED_APPS} and in the External Client App Manager or App Manager.`,
    nextStep: 'Ask a Salesforce administrator to unblock or install the app, then reconnect.',
    step: 'salesforce',
  },
  secret_rotated: {
    title: 'The consumer secret was changed in Salesforce',
    meaning:
      'Salesforce accepts the app’s new secret only, some minutes after it was applied, and ends grants that came with the old one.',
    nextStep:
      'An administrator of Orgdock compares the environment’s consumer secret with the app in Salesforce and enters it again.',
    step: 'environment',
  },
  secret_applied: {
    title: 'A new consumer secret ended the grant',
    meaning: 'In this org, applying a new secret of the app revokes every grant that was given before.',
    nextStep: 'Reconnect: consent once more. Orgdock holds the new secret already.',
    step: 'reconnect',
  },
  ip_restricted: {
    title: 'Salesforce does not accept the portal’s network address',
    meaning:
      'Login IP ranges of the profile, or the app’s IP policy, leave the portal’s outgoing address out.',
    nextStep:
      'Ask a Salesforce administrator to allow the portal’s outgoing address, or to relax IP restrictions in the app’s policies. The grant itself lives on.',
    step: 'salesforce',
  },
  sandbox_refreshed: {
    title: 'The sandbox was refreshed',
    meaning:
      'A refreshed sandbox is a new org with a new id, without the grants and often without the app of before.',
    nextStep:
      'An administrator of Orgdock checks the app’s key and secret on the environment’s page and pins the new org; then reconnect.',
    step: 'environment',
  },
  org_closed: {
    title: 'The org is locked, closed or deleted',
    meaning: 'Salesforce does not let anybody in, with any app.',
    nextStep: 'Ask a Salesforce administrator about the state of the org.',
    step: 'salesforce',
  },
  session_killed: {
    title: 'A session was ended before its time',
    meaning: 'Somebody, or a policy, ended the session behind the access token. Orgdock got another one.',
    nextStep: 'Nothing has to be done.',
    step: 'salesforce',
  },
  instance_moved: {
    title: 'The org has moved to another address',
    meaning: 'After a migration or a new My Domain name the org answers at another host.',
    nextStep: 'An administrator of Orgdock compares the environment’s address with Setup → My Domain.',
    step: 'environment',
  },
  app_changed: {
    title: 'This environment has another app now',
    meaning: 'A grant belongs to the app that it was given to, and nothing of it goes to another one.',
    nextStep: 'Reconnect: consent once more, to the new app.',
    step: 'reconnect',
  },
  unknown: {
    title: 'Orgdock does not know why',
    meaning: 'Salesforce’s own words are all there is to go by.',
    nextStep: 'Reconnect. If it ends again soon, show Salesforce’s words to your Salesforce administrator.',
    step: 'reconnect',
  },
};

/** A cause in words for people: what happened, what that is, and the one next step. */
export function causeWords(code: CauseCode): Words {
  return WORDS[code];
}

/** A cause as pages show it. */
export function makeCause(code: CauseCode, evidence: ProblemEvidence): ConnectionCause {
  const { title, meaning, step } = WORDS[code];
  const { certainty, sentences, alsoPossible } = evidence;
  return {
    code,
    certainty,
    title,
    meaning,
    step,
    evidence: sentences,
    alsoPossible: alsoPossible.filter(isCause).map((other) => ({ code: other, title: WORDS[other].title })),
  };
}

export type CauseRow = Pick<typeof connections.$inferSelect, 'problemCause' | 'problemEvidence'>;

/** The cause that was written down with a refusal. Null: none was looked for, or a later version named it. */
export function causeOfRow({ problemCause, problemEvidence }: CauseRow): ConnectionCause | null {
  if (problemCause === null || problemEvidence === null || !isCause(problemCause)) return null;
  const noted = Array.isArray(problemEvidence);
  return makeCause(
    problemCause,
    noted ? { certainty: 'likely', sentences: problemEvidence, alsoPossible: [] } : problemEvidence,
  );
}

function isCause(code: string): code is CauseCode {
  return Object.hasOwn(WORDS, code);
}
