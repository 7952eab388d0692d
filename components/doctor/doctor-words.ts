import type { Certainty } from '@/lib/connections/types';
import type { Actor, Place } from '@/lib/doctor/types';

/** How sure the Doctor is, in words. */
export const CERTAINTY: Record<Certainty, string> = {
  certain: 'Certain: Salesforce said so',
  likely: 'Likely: the evidence speaks for it',
  possible: 'Not certain: other causes fit as well',
};

export const ACTOR: Record<Actor, string> = {
  you: 'You',
  portal_admin: 'An administrator of this portal',
  salesforce_admin: 'An administrator of the Salesforce org',
  nobody: 'Nobody: it passes by itself',
};

export const PLACE: Record<Place, string> = {
  authorize_redirect: 'when Salesforce sent the browser back',
  authorize_page: 'on Salesforce’s own page',
  token_exchange: 'when the code was exchanged for tokens',
  refresh: 'when tokens were asked for',
  revoke: 'when the grant was revoked',
  identity: 'when Salesforce was asked who signed in',
  data: 'when data was read',
  host: 'on the way to Salesforce',
  portal: 'in Orgdock',
};
