export const USAGE_RANGES = ['24h', '7d', '30d'] as const;
export type UsageRange = (typeof USAGE_RANGES)[number];

/** What programs did in one stretch of time; of a stretch without calls all is 0 and null. */
export interface UsageBucket {
  /** ISO instant of its beginning. */
  at: string;
  calls: number;
  /** Answered with an error by Salesforce or because of it. */
  errors: number;
  /** Refused by Orgdock: by a policy, a limit or a rule of an environment. */
  refusals: number;
  rows: number;
  /** Calls that Salesforce counted. */
  cost: number;
  /** Milliseconds of the whole call. */
  p50: number | null;
  p95: number | null;
}

export interface Usage {
  range: UsageRange;
  /** Minutes of each. */
  bucketMinutes: number;
  buckets: UsageBucket[];
  totals: Omit<UsageBucket, 'at'>;
}

/** One call of a program, as usage pages show it. */
export interface UsageCall {
  id: number;
  /** ISO instant. */
  at: string;
  keyId: string;
  connectionId: string | null;
  requestId: string;
  operation: string;
  method: string;
  target: string | null;
  status: number;
  code: string | null;
  rule: string | null;
  rows: number;
  cost: number;
  bytes: number;
  milliseconds: number;
  salesforceMilliseconds: number;
}

/** The newest calls first. */
export interface UsageCallPage {
  calls: UsageCall[];
  /** What `before` has to be for the older ones; null: these are the oldest. */
  older: number | null;
}
