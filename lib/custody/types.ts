/** Whose grants are revoked: of one environment, of one person, or every one that Orgdock holds. */
export type RevocationScope = 'all' | { environmentId: string } | { personId: string };

/** A person or an environment, and how many connections are its. */
export interface NamedCount {
  id: string;
  name: string;
  connections: number;
}

/** What revoking a scope would do. */
export interface RevocationPreview {
  /** That serve calls now, or may do so again: they are disconnected. */
  connections: number;
  /** Of these, the portal's own. */
  serviceConnections: number;
  /** By person and by environment, most connections first. */
  owners: NamedCount[];
  environments: NamedCount[];
  /** Disconnected before, and not confirmed yet. */
  waiting: number;
  /** Grants that no connection holds any more, and that are not confirmed yet. */
  strayGrants: number;
  /** Disconnected before; what is stored may be a spent token, so it is never sent. */
  unsendable: number;
}

export interface RevocationProgress {
  total: number;
  done: number;
  confirmed: number;
  unconfirmed: number;
}

/** How it was seen that a grant ended; `elsewhere`: another process has revoked it. */
export type ProofOrElsewhere = 'introspection' | 'refused_use' | 'answer' | 'elsewhere';

/** A grant that Salesforce may still count. */
export interface LeftGrant {
  kind: 'connection' | 'stray';
  id: string;
  /** Whose and where, such as `Grace Whitmore · UAT · grace@acme.example`. */
  label: string;
  why: string;
  /** ISO instant of the next try; null: nobody tries by itself. */
  nextAt: string | null;
}

export interface RevocationReport {
  confirmed: Record<ProofOrElsewhere, number>;
  /** Nothing was left to revoke: Salesforce had ended them. */
  ended: number;
  left: LeftGrant[];
}

/** What deactivating a person ends. */
export interface DeactivationPreview {
  sessions: number;
  /** Grants that are revoked at Salesforce. */
  connections: number;
  strayGrants: number;
  /** Disconnected before; what is stored may be a spent token, so it is never sent. */
  unsendable: number;
  /** Where, most connections first. */
  environments: NamedCount[];
}

/** What deleting an environment disconnects. */
export interface EnvironmentDeletionPreview {
  connections: number;
  /** Of these, the portal's own. */
  serviceConnections: number;
  /** Most connections first. */
  owners: NamedCount[];
  /** Nobody could sign in through Salesforce any more. */
  lastForSignIn: boolean;
}

/** How far the deletion of an environment has come at its org. */
export interface EnvironmentDeletion {
  slug: string;
  name: string;
  /** ISO instants. */
  deletedAt: string;
  connections: number;
  /** Revoked and confirmed, or ended by Salesforce before. */
  confirmed: number;
  revoking: number;
  /** Waiting for the next try. */
  unconfirmed: number;
  /** What is stored may be a spent token, so it is not sent. */
  unsendable: number;
  /** Of grants without a connection. */
  strayGrants: number;
  nextTryAt: string | null;
}
