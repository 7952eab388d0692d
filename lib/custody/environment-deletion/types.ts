import type { NamedCount } from '@/lib/custody/revoke-everything/types';

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
