/** Where people tell the project what the Doctor did not know, or did not help with. */
const ISSUES_URL = 'https://github.com/orgdock/orgdock/issues/new';

/** A new issue about a cause. Holds our own words only: Salesforce’s may name an org or a user. */
export function feedbackUrl(causeId: string, code: string): string {
  const title = `Connection Doctor: ${causeId} (${code})`;
  return `${ISSUES_URL}?title=${encodeURIComponent(title)}`;
}
