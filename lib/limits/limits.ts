/** So many acts in so many seconds. */
export interface Limit {
  points: number;
  seconds: number;
  /** So many at once are taken off what all replicas share; `points` is a multiple of it. Left out: each one by itself. */
  lot?: number;
}

/** Who may do what how often. By address where nobody is signed in: a company's people share one. */
export const LIMITS = {
  /** Tries of the set-up token, by address. */
  setup_token: { points: 10, seconds: 600 },
  /** Tries of sign-in links, by address. */
  sign_in_link: { points: 20, seconds: 600 },
  /** Looks at links for Salesforce administrators and answers to them, by address. */
  approval_link: { points: 60, seconds: 600 },
  /** Links for Salesforce administrators that are made, by person. */
  approval: { points: 20, seconds: 3_600 },
  /** Looks at connect links and consents that they begin, by address. */
  connect_link_look: { points: 60, seconds: 600 },
  /** Connect links that are made, by person. */
  connect_link: { points: 100, seconds: 3_600 },
  /** Consents that are begun, by address, or by person when signed in. */
  consent: { points: 300, seconds: 600 },
  /** Pages of records, by person: each costs the org a call of its budget. */
  records: { points: 600, seconds: 300 },
  /** Questions to an org about a failure, by person: each costs it up to 24 calls. */
  org_evidence: { points: 20, seconds: 600 },
  /** Calls of the broker's API, by key. */
  api_key: { points: 3_000, seconds: 300, lot: 30 },
  /** Calls by which programs reach an org, by person: the keys of one person share it, and leave the person's own alone. */
  api_records: { points: 6_000, seconds: 300, lot: 60 },
  /** Secrets of API keys that are no good, by address. */
  api_key_try: { points: 60, seconds: 600 },
  /** Server actions and requests to the API, by person. */
  person: { points: 1_200, seconds: 300 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
