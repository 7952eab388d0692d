export interface DeployOptions {
  /** The archive: package.xml at its root. */
  zip: Buffer;
  /** True: Salesforce only says what it would do. */
  checkOnly: boolean;
}

export type DeployStatus =
  | 'Pending'
  | 'InProgress'
  | 'Succeeded'
  | 'SucceededPartial'
  | 'Failed'
  | 'Canceling'
  | 'Canceled';

/** What Salesforce says against one component, or against the archive. */
export interface DeployProblem {
  /** Metadata type; empty when the archive itself is meant. */
  type: string;
  /** Full name of the component. */
  component: string;
  /** Path inside the archive. */
  file: string;
  /** Salesforce's own words. */
  problem: string;
  line: number | null;
}

/** How far a deployment is. */
export interface DeployProgress {
  status: DeployStatus;
  /** True: nothing changes any more. */
  done: boolean;
  deployed: number;
  total: number;
  errors: DeployProblem[];
  /** Salesforce's words when it failed as a whole. */
  message: string | null;
}
