import { AppError } from '@/lib/errors';
import { processWide } from '@/lib/registry';
import { BoundedCache } from './bounded-cache';

const RETRYABLE_STATUS: readonly number[] = [420, 429, 502, 503, 504];
const RETRYABLE_REASON = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;
const MAX_RETRIES = 2;
const BASE_DELAY_MS = 200;

/** Per origin: retries may be a tenth of the calls, with ten to spare, so that an outage is not answered by a storm. */
const BUDGET = { start: 10, perCall: 0.1 };

export interface RetryJudge<T> {
  origin: string;
  /** The HTTP status of an answer. */
  statusOf(answer: T): number;
}

/**
 * Sends an idempotent request, again after a status or reset that asks for it: at most twice, with jitter, within the
 * origin's budget. The last answer or error is the caller's.
 */
export async function withRetries<T>(send: () => Promise<T>, judge: RetryJudge<T>): Promise<T> {
  const budgets = processWide(
    'salesforce.retry-budgets',
    () => new BoundedCache<{ left: number }>(500, Infinity),
  );
  const budget = budgets.any(judge.origin) ?? { left: BUDGET.start };
  budgets.set(judge.origin, budget);
  budget.left = Math.min(BUDGET.start, budget.left + BUDGET.perCall);
  for (let retry = 0; ; retry += 1) {
    const outcome = await attempt(send);
    const again = outcome.failed ? isReset(outcome.error) : isBusy(judge.statusOf(outcome.answer));
    if (!again || retry >= MAX_RETRIES || budget.left < 1) {
      if (outcome.failed) throw outcome.error;
      return outcome.answer;
    }
    budget.left -= 1;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * BASE_DELAY_MS * 2 ** retry));
  }
}

async function attempt<T>(
  send: () => Promise<T>,
): Promise<{ failed: false; answer: T } | { failed: true; error: unknown }> {
  try {
    return { failed: false, answer: await send() };
  } catch (error) {
    return { failed: true, error };
  }
}

function isBusy(status: number): boolean {
  return RETRYABLE_STATUS.includes(status);
}

function isReset(error: unknown): boolean {
  return error instanceof AppError && RETRYABLE_REASON.test(error.details.reason ?? '');
}
