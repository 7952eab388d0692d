import type { CheckResult, CheckState, KnownBy } from '@/lib/provisioning/preflight/types';

/** What a state is called beside its icon. */
export const STATE_WORDS: Record<CheckState, string> = {
  green: 'Good',
  amber: 'Look at it',
  red: 'Wrong',
};

/** When and how a check is known. */
export const KNOWN_BY_WORDS: Record<KnownBy, string> = {
  before_consent: 'Known before anybody connects.',
  after_consent: 'Known after somebody has connected.',
  other_connection: 'Known through a connection that is not yours.',
  never: 'Nobody can know this: no API of Salesforce tells.',
};

/** The list in a sentence: `3 wrong, 2 to look at, 13 good`. */
export function summaryWords(checks: readonly CheckResult[]): string {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const [red, amber, good] = [count('red'), count('amber'), count('green')];
  const parts = [red > 0 ? `${red} wrong` : null, amber > 0 ? `${amber} to look at` : null, `${good} good`];
  return parts.filter((part) => part !== null).join(', ');
}
