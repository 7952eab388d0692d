import type { Certainty } from '@/lib/connections/types';
import type { AppType } from '@/lib/environments/types';
import type { SalesforceFault } from '@/lib/errors';

/** Where Salesforce, or the way to it, said no. */
export type Place =
  /** Sent back to the callback with `error`. */
  | 'authorize_redirect'
  /** Salesforce’s own error page, or a bare body: the callback hears of neither. */
  | 'authorize_page'
  | 'token_exchange'
  | 'refresh'
  | 'revoke'
  | 'identity'
  | 'data'
  /** DNS, TCP, TLS, address rules. */
  | 'host'
  /** Orgdock itself. */
  | 'portal';

/** Who has to do the fix. `nobody`: it passes by itself. */
export type Actor = 'you' | 'portal_admin' | 'salesforce_admin' | 'nobody';

/** What to press afterwards. */
export type Retry = 'reconnect' | 'retest' | 'wait' | 'none';

export interface Article {
  title: string;
  url: string;
}

/** A place in Salesforce’s Setup. */
export interface SetupPlace {
  /** `Setup → Session Settings`. */
  path: string;
  /** What opens it, below the org’s address, such as `/lightning/setup/SecuritySession/home`. */
  url: string;
  /** The same for a Connected App, where it differs. */
  connectedApp?: { path: string; url: string };
  /** The path for an External Client App alone, where `path` names both. */
  externalClientApp?: string;
}

/** One known cause, as the catalogue holds it. */
export interface Cause {
  id: string;
  title: string;
  /** What Salesforce, or Orgdock, did. */
  happened: string;
  why: string;
  fix: readonly string[];
  setup: SetupPlace | null;
  /** What Salesforce itself writes about it; null: it is Orgdock’s own, or nothing is published. */
  article: Article | null;
  actor: Actor;
  retry: Retry;
  /** A Salesforce administrator has to let the app, or this user, in. */
  needsApproval: boolean;
}

/** Two values of which one should have been the other. */
export interface Comparison {
  label: string;
  ours: { name: string; value: string };
  /** Values null: Salesforce does not tell; `hint` says where they are. */
  theirs: { name: string; values: string[] | null; hint: string };
}

/** A cause that fits as well, and why it stands where it stands. */
export interface Alternative {
  id: string;
  title: string;
  why: string;
  fix: readonly string[];
}

/** Why something failed, what speaks for it, and the way out. Holds no token and no secret. */
export interface Diagnosis {
  cause: Omit<Cause, 'setup' | 'article' | 'needsApproval'> & {
    setup: { path: string; url: string | null } | null;
    article: Article | null;
  };
  /** False: Orgdock does not know this one and shows it raw. */
  known: boolean;
  certainty: Certainty;
  place: Place;
  /** Whole sentences. */
  evidence: string[];
  /** What fits as well, likeliest first. */
  alternatives: Alternative[];
  comparison: Comparison | null;
  /** Salesforce’s own words; null: it said none. */
  raw: SalesforceFault | null;
  /** Orgdock’s code for it. */
  code: string;
  /** A Salesforce administrator has to approve, unblock or install the app. */
  needsApproval: boolean;
  /** Whose Setup is linked to. Null: the address, or the kind of app, is not known. */
  org: { instanceUrl: string | null; appType: AppType | null };
  /** When the catalogue was last held against Salesforce’s own pages. */
  checked: string;
  /** Where somebody tells the project that this did not help. */
  feedbackUrl: string;
}

/** What went wrong in an environment, alike and more than once, without whose it was. */
export interface EnvironmentTrouble {
  what: 'app' | 'connections' | 'consents';
  count: number;
  /** ISO instants. */
  first: string;
  last: string;
  diagnosis: Diagnosis;
}

/** What the org itself told, and what it did not let Orgdock see. */
export interface OrgEvidence {
  /** Through which connection: `your connection`, or the name of a service connection. */
  through: string;
  /** Sentences with dates, the newest first in each source. */
  sentences: string[];
  /** What could not be read, and the permission that is missing. */
  missing: string[];
  /** Causes that the rows speak for, best first. */
  speaksFor: string[];
  /** The pinned org counts grants of the app as those of an installed one. False: it does not, or nothing shows it. */
  appInstalled: boolean;
}
