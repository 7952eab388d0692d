import type { EnvironmentSummary } from '@/lib/environments/types';
import type { ApprovalCase } from '@/lib/salesforce/types';

/** A link for a Salesforce administrator, shown once: only its hash is kept. */
export interface ApprovalLink {
  url: string;
  /** ISO instant. */
  expiresAt: string;
}

/** What there is to do in Setup, each with its address in the org; null where the org's own host is not known. */
export interface SetupLinks {
  connectedAppsUsage: string;
  manageConnectedApps: string;
  externalClientApps: string;
  permissionSets: string;
}

/** What whoever has the link sees. No secret, no token, and nobody's name but that of who asks. */
export interface OpenedApproval {
  /** Name of who waits, and the Salesforce user that they connect as, if Orgdock has seen it. */
  askedBy: string;
  username: string | null;
  /** Host of this portal. */
  portal: string;
  environment: Pick<EnvironmentSummary, 'name' | 'kind' | 'color'>;
  org: { name: string | null; host: string };
  app: {
    /** Developer name, where the org has shown it. */
    name: string | null;
    type: 'external_client_app' | 'connected_app';
    consumerKey: string;
    redirectUri: string;
    scopes: string[];
  };
  /** The address that Orgdock's calls come from; null: no org has seen one yet. */
  egressAddress: string | null;
  /** Salesforce's own words, and what they mean; null: the person told nothing more. */
  refused: { error: string; description: string | null } | null;
  case: ApprovalCase | null;
  setup: SetupLinks | null;
  /** ISO instants. */
  expiresAt: string;
  doneAt: string | null;
}

interface Approval {
  id: string;
  /** ISO instants. */
  createdAt: string;
  expiresAt: string;
  openedAt: string | null;
  doneAt: string | null;
  doneBy: 'salesforce_admin' | 'doctor' | null;
  doneNote: string;
  state: 'waiting' | 'done' | 'expired';
}

/** One of my requests that has not ended. */
export interface OwnApproval extends Approval {
  environment: EnvironmentSummary;
}

/** Somebody's request in an environment that has not ended, for administrators and auditors. */
export interface WaitingApproval extends Approval {
  askedBy: string;
  salesforceError: string | null;
}
