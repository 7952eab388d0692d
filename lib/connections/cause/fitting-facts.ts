import type { Candidate, Evidence } from '@/lib/connections/cause/types';
import { countOf, daysBetween, wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { CauseCode } from '@/lib/connections/types';

/** "Each connected app allows five unique approvals per user" (Salesforce Help 000205876). */
const GRANTS_PER_USER_AND_APP = 5;

/** Salesforce's limit for apps that set none, since May 2026 for partners' apps and often elsewhere. */
const USUAL_IDLE_DAYS = 30;

/**
 * Every end of a grant reads `expired access/refresh token`, so our own facts decide: those that speak for an end,
 * and all others that nothing speaks against. Best first.
 */
export function fittingFacts(evidence: Evidence): Candidate[] {
  const likely = [
    usedTwice(evidence),
    sixthConsent(evidence),
    tooOld(evidence),
    tooIdle(evidence),
    changedSecret(evidence),
    endedApp(evidence),
  ].filter((candidate) => candidate !== null);
  const rest = possibleCauses(evidence).filter((code) => !likely.some(({ cause }) => cause === code));
  return [
    ...likely,
    ...rest.map((cause): Candidate => ({ cause, certainty: 'possible', evidence: [] })),
  ].sort((a, b) => rank(a) - rank(b));
}

/** A few younger grants are common and seldom the reason, so that possibility comes last. */
function rank({ cause, certainty }: Candidate): number {
  if (certainty === 'likely') return 0;
  return cause === 'five_grants' ? 2 : 1;
}

function likely(cause: CauseCode, ...evidence: string[]): Candidate {
  return { cause, certainty: 'likely', evidence };
}

function usedTwice({ unsettled, restored }: Evidence): Candidate | null {
  const [first] = unsettled;
  if (first) {
    return likely(
      'replayed',
      `The same refresh token was sent before, on ${wordsOfTime(first)}, and the answer never came. If Salesforce did that refresh, this was the second use.`,
    );
  }
  if (restored === null) return null;
  return likely(
    'replayed',
    'The database was restored from a backup, so the stored refresh token may have been one that was used already.',
  );
}

function sixthConsent({ noted, youngerGrants: younger }: Evidence): Candidate | null {
  if (noted.length > 0) return likely('five_grants', ...noted);
  if (younger === 0) return null;
  const held = `Orgdock holds ${countOf(younger, 'younger grant')} of this Salesforce user for the same app, and Salesforce keeps five.`;
  if (younger >= GRANTS_PER_USER_AND_APP) return likely('five_grants', held);
  return {
    cause: 'five_grants',
    certainty: 'possible',
    evidence: [`${held} Other tools that use this app may hold more.`],
  };
}

function tooOld({ now, grant, environment }: Evidence): Candidate | null {
  const limit = environment.absoluteLimitDays;
  const age = daysBetween(grant.consentedAt, now);
  if (limit === null || age < limit) return null;
  return likely(
    'absolute_limit',
    `The consent was given on ${wordsOfTime(grant.consentedAt)}, ${countOf(age, 'day')} ago. The app’s grants end ${countOf(limit, 'day')} after consent.`,
  );
}

function tooIdle({ now, grant, environment }: Evidence): Candidate | null {
  const idle = daysBetween(grant.retrievedAt, now);
  const since = `The last refresh was on ${wordsOfTime(grant.retrievedAt)}, ${countOf(idle, 'day')} ago.`;
  const limit = environment.idleLimitDays;
  if (limit !== null && idle >= limit) {
    return likely('idle_limit', `${since} The app’s grants end after ${countOf(limit, 'day')} without one.`);
  }
  if (limit !== null || idle < USUAL_IDLE_DAYS) return null;
  const doubt = `No idle limit is set for this environment, but many apps have one of ${USUAL_IDLE_DAYS} days.`;
  return { cause: 'idle_limit', certainty: 'possible', evidence: [`${since} ${doubt}`] };
}

function changedSecret({ environment, grant, accepted }: Evidence): Candidate | null {
  const changedAt = environment.secretChangedAt;
  if (changedAt === null || changedAt <= grant.retrievedAt || accepted.app) return null;
  return likely(
    'secret_rotated',
    `The consumer secret was changed here on ${wordsOfTime(changedAt)}, after the last refresh. Applying a new secret in Salesforce ends the grants that came with the old one.`,
  );
}

function endedApp({ endedNearby, accepted }: Evidence): Candidate | null {
  if (endedNearby.ofApp === 0 || accepted.app) return null;
  const others = `${countOf(endedNearby.ofApp, 'other grant')} of the same app ended within 15 minutes`;
  return likely('app_blocked', `${others}, so it is the app rather than this user.`);
}

/** What nothing speaks against. An end that took other users of the app with it is not one of this user alone. */
function possibleCauses(evidence: Evidence): CauseCode[] {
  const { endedNearby, accepted, environment } = evidence;
  const wholeApp = endedNearby.ofApp > 0;
  const wholeUser = endedNearby.ofUser > 0 && !wholeApp;
  const codes: CauseCode[] = ['revoked'];
  if (!wholeApp) {
    if (accepted.user === null) codes.push('user_inactive');
    codes.push('password_changed');
  }
  if (!wholeUser && accepted.app === null) {
    codes.push('app_blocked', 'secret_rotated');
    if (environment.kind === 'sandbox' || environment.kind === 'uat') codes.push('sandbox_refreshed');
  }
  return codes;
}
