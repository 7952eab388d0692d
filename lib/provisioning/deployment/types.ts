import type { DeployError } from '@/db/schema/provisioning';

export type { DeployError } from '@/db/schema/provisioning';

export type DeploymentState =
  | 'waiting'
  | 'sent'
  | 'in_progress'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** What became of reading key and secret back. */
export type CredentialsOutcome = 'stored' | 'key_only' | 'refused' | 'failed';

/** The newest deployment of an environment's app. */
export interface Deployment {
  id: string;
  state: DeploymentState;
  /** Salesforce's own word. */
  salesforceStatus: string | null;
  componentsTotal: number;
  componentsDone: number;
  errors: DeployError[];
  credentials: CredentialsOutcome | null;
  /** Consumer key of the org’s app that was not stored, for want of its secret; null: none waits. */
  waitingKey: string | null;
  /** Why it failed, or why key and secret could not be read. */
  error: string | null;
  errorDescription: string | null;
  /** The grant that it is sent with; null: that is gone. */
  connectionId: string | null;
  /** Whether that grant is one's own, was given for this, and lives. */
  canDisconnect: boolean;
  /** ISO instants; `startedAt`: once it is sent, since when Salesforce may have it. */
  startedAt: string;
  finishedAt: string | null;
}
