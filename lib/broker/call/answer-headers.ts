import type { KeyPolicy } from '@/lib/broker/types';
import type { LimitState } from '@/lib/limits/count';
import type { ApiBudget } from '@/lib/salesforce/types';

/** What the headers of an answer tell of its call. */
export interface AnswerFacts {
  requestId: string;
  /** Null: nobody was known. */
  limit: LimitState | null;
  /** Calls of the day (UTC), this one among them. */
  day: { policy: KeyPolicy; calls: number; at: Date } | null;
  /** Null: no call reached an org. */
  cost: number | null;
  budget: ApiBudget | null;
}

/** What no answer of the API is without: it is no page, and for nobody's eyes but the caller's. */
const ALWAYS = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const DAY_SECONDS = 86_400;

/** The headers that every answer of the broker carries, in place of any that an org sent under these names. */
export function answerHeaders({ requestId, limit, day, cost, budget }: AnswerFacts): Record<string, string> {
  const quotas = [...(limit ? [ofLimit(limit)] : []), ...(day ? ofDay(day) : [])];
  return {
    ...ALWAYS,
    'x-request-id': requestId,
    ...(quotas.length === 0
      ? {}
      : {
          'ratelimit-policy': quotas.map(({ policy }) => policy).join(', '),
          ratelimit: quotas.map(({ state }) => state).join(', '),
        }),
    ...(cost === null ? {} : { 'orgdock-api-calls': String(cost) }),
    ...(budget === null ? {} : { 'orgdock-api-budget': `${budget.used}/${budget.max}` }),
  };
}

/** One item of each list (draft-ietf-httpapi-ratelimit-headers, RFC 9651): q, w: quota and its window; r, t: what is left. */
interface Quota {
  policy: string;
  state: string;
}

function ofLimit({ points, seconds, remaining, resetSeconds }: LimitState): Quota {
  return {
    policy: `"key";q=${points};w=${seconds}`,
    state: `"key";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  };
}

function ofDay({ policy: { callsPerDay }, calls, at }: NonNullable<AnswerFacts['day']>): Quota[] {
  if (callsPerDay === null) return [];
  const left = DAY_SECONDS - Math.floor((at.getTime() / 1_000) % DAY_SECONDS);
  return [
    {
      policy: `"day";q=${callsPerDay};w=${DAY_SECONDS}`,
      state: `"day";r=${Math.max(0, callsPerDay - calls)};t=${left}`,
    },
  ];
}
