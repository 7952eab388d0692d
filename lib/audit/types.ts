/** What is wrong with the audit log. `position`: the link; `auditId`: the row, where one can be named. */
export interface ChainFault {
  kind: 'changed' | 'missing' | 'inserted' | 'reordered' | 'cut_off' | 'checkpoint';
  position: number | null;
  auditId: string | null;
  message: string;
}

/** How far the chain goes. */
export interface ChainState {
  /** Rows that are sealed and still kept. */
  sealed: number;
  /** Rows that a retention has removed. */
  removed: number;
  /** Rows that are committed and not sealed yet. */
  waiting: number;
  /** ISO instant of the oldest of them. */
  waitingSince: string | null;
}

/** What a verification of the whole chain found. */
export interface ChainReport extends ChainState {
  verified: number;
  /** Signed checkpoints that were checked. */
  checkpoints: number;
  /** The last link that was checked. */
  head: { position: number; hash: string } | null;
  /** The first thing that is wrong; null: the log is as it was written. */
  fault: ChainFault | null;
}
