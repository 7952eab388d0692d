import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import type { Problem } from '@/lib/errors';
import type { OwnRequest } from '@/lib/people/types';

export type ConsentIntent = 'sign_in' | 'connect' | 'setup';

/** A failed consent, as its page shows it. */
export interface ConsentFailure {
  id: string;
  intent: ConsentIntent | null;
  environment: EnvironmentSummary | null;
  /** Of a sign-in through the company's own identity provider. */
  identityProvider: IdentityProviderChoice | null;
  problem: Problem;
  /** ISO instant. */
  at: string;
  /** Of somebody who came by a connect link: has a page of its own. */
  byLink: boolean;
  /** Of somebody whom nobody has let in: who can, and what became of asking. */
  noAccess: NoAccess | null;
}

export interface NoAccess {
  admins: string[];
  /** False for somebody who was deactivated: an administrator decided that. */
  mayAsk: boolean;
  request: OwnRequest | null;
}

/** A consent that has not come back (yet). */
export interface PendingConsent {
  id: string;
  environment: EnvironmentSummary;
  /** ISO instants. */
  startedAt: string;
  expiresAt: string;
  expired: boolean;
  /** Old enough that Salesforce will have shown something: its person may say what. */
  mayTell: boolean;
}
