export interface SessionSummary {
  id: string;
  current: boolean;
  /** ISO instants. */
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  ip: string | null;
  userAgent: string | null;
  signedInVia: string;
}
