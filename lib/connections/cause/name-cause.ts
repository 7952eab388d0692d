import { fittingFacts } from '@/lib/connections/cause/fitting-facts';
import { saidBySalesforce } from '@/lib/connections/cause/said-by-salesforce';
import type { Evidence, NamedCause } from '@/lib/connections/cause/types';
import { countOf, daysBetween, wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { CauseCode } from '@/lib/connections/types';

/** Salesforce has one text for all of these; only the org's own logs tell them apart. */
const ALIKE: readonly CauseCode[] = ['revoked', 'password_changed', 'user_inactive'];

/**
 * Turns what is known of a refusal into its cause: what Salesforce said, else what our own facts speak for, else
 * all ends that nothing speaks against, and an honest word that these cannot be told apart.
 */
export function nameCause(evidence: Evidence): NamedCause {
  const said = saidBySalesforce(evidence);
  const silent = said.length === 0 && evidence.code === 'GRANT_ENDED';
  const candidates = silent ? fittingFacts(evidence) : said;
  const [best, ...others] = candidates;
  if (!best) {
    const words = ['Salesforce’s answer fits none of the ways to end that Orgdock knows.'];
    return { cause: 'unknown', certainty: 'possible', evidence: words, alsoPossible: [] };
  }
  const facts = silent
    ? [
        ...best.evidence,
        ...ownFacts(
          evidence,
          candidates.map(({ cause }) => cause),
        ),
      ]
    : best.evidence;
  const alsoPossible = others.map(({ cause }) => cause);
  return { ...best, evidence: [...facts, ...others.flatMap((other) => other.evidence)], alsoPossible };
}

/** What speaks against other ends, and what nobody can tell from outside the org. */
function ownFacts(evidence: Evidence, codes: readonly CauseCode[]): string[] {
  const { accepted, endedNearby } = evidence;
  const facts = codes.includes('idle_limit') ? [] : [lastRefresh(evidence)];
  if (accepted.app) {
    facts.push(
      `Salesforce accepted another grant of the same app on ${wordsOfTime(accepted.app)}, so it is hardly the app.`,
    );
  }
  if (accepted.user) {
    facts.push(
      `The same Salesforce user was let in on ${wordsOfTime(accepted.user)}, so they are hardly inactive or frozen.`,
    );
  }
  if (endedNearby.ofUser > 0 && endedNearby.ofApp === 0) {
    facts.push(
      `${countOf(endedNearby.ofUser, 'other grant')} of the same Salesforce user ended within 15 minutes, so it is the user rather than the app.`,
    );
  }
  if (ALIKE.filter((code) => codes.includes(code)).length > 1) {
    facts.push(
      'Salesforce has the same words for a grant that was revoked by the user or an administrator, a changed password and a user who is not let in. Only the org’s own logs tell them apart.',
    );
  }
  return facts;
}

function lastRefresh({ now, grant, environment }: Evidence): string {
  const idle = daysBetween(grant.retrievedAt, now);
  const ago = idle === 0 ? 'less than a day ago' : `${countOf(idle, 'day')} ago`;
  const limit = environment.idleLimitDays;
  const within = limit === null ? '' : `, within the app’s idle limit of ${countOf(limit, 'day')}`;
  return `The last tokens came on ${wordsOfTime(grant.retrievedAt)}, ${ago}${within}.`;
}
