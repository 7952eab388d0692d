import type { ReadableConnection } from '@/lib/connections/types';
import { noteLowBudget } from '@/lib/custody/usage/low-budget';
import { AppError } from '@/lib/errors';
import { processWide } from '@/lib/registry';
import { BoundedCache } from '@/lib/salesforce/bounded-cache';
import type { ApiBudget } from '@/lib/salesforce/types';

/** What was heard longer ago may have changed: then the next call asks anew. */
const HEARD_MS = 5 * 60_000;
const MAX_ORGS = 1_000;

/** Keeps what an org last said of its daily API calls, and has it told when few are left. */
export function noteBudget(
  { orgId, environment }: Pick<ReadableConnection, 'orgId' | 'environment'>,
  budget: ApiBudget,
): void {
  budgets().set(orgId, budget);
  noteLowBudget({ orgId, environmentId: environment.id, budget });
}

/**
 * Refuses a read while fewer of the org's calls are left than the environment leaves to other jobs, as far as this process
 * heard in the last five minutes. Throws API_RESERVE_REACHED.
 */
export function assertReserve({ orgId, environment }: ReadableConnection, reservePercent: number): void {
  const budget = reservePercent > 0 ? budgets().fresh(orgId) : undefined;
  if (budget === undefined || (budget.max - budget.used) * 100 >= budget.max * reservePercent) return;
  const left = Math.max(0, budget.max - budget.used);
  throw new AppError(
    'API_RESERVE_REACHED',
    `${environment.name} leaves ${reservePercent} % of the org’s API calls to other jobs, and no more are left.`,
    {
      nextStep: 'Calls become free again hour by hour. An administrator of Orgdock can change the reserve.',
      details: { left: String(left), max: String(budget.max), reservePercent: String(reservePercent) },
    },
  );
}

function budgets(): BoundedCache<ApiBudget> {
  return processWide('records.budgets', () => new BoundedCache<ApiBudget>(MAX_ORGS, HEARD_MS));
}
