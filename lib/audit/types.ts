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

/** What the page of the log asks for. Instants are ISO. */
export interface AuditFilter {
  /** A part of an action, a name, an id, an address or the details. */
  q: string;
  group: string | null;
  outcome: 'done' | 'denied' | 'failed' | null;
  /** Id of who did it, or to whom it was done. */
  person: string | null;
  /** Id of what it was done to. */
  subject: string | null;
  period: '24h' | '7d' | '30d' | 'all' | 'custom';
  from: string | null;
  to: string | null;
  /** Where the page before ended: microseconds and id. */
  before: string | null;
}

/** One entry, as the page and the exports show it. */
export interface AuditRow {
  id: string;
  /** ISO instant. */
  at: string;
  action: string;
  outcome: 'done' | 'denied' | 'failed';
  who: { kind: 'person' | 'system'; id: string | null; name: string };
  /** What was done, in a sentence without its subject: `signed in through production`. */
  words: string;
  /** `href`: where the reader may look at it. */
  subject: { type: string; id: string; name: string | null; href: string | null };
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  sessionId: string | null;
  details: Record<string, unknown>;
  /** Link of the hash chain; null: not sealed yet. */
  position: number | null;
}

/** A page of the log, the newest first. */
export interface AuditPage {
  rows: AuditRow[];
  /** Where the next page begins; null: this is the last. */
  next: string | null;
}

/** How many entries an interval has. */
export interface AuditBar {
  /** ISO instants: from, and to without it. */
  from: string;
  to: string;
  done: number;
  refused: number;
}

export interface AuditHistogram {
  bars: AuditBar[];
  /** Of the whole filter. */
  total: number;
}
