import { withSystem } from '@/db/client';
import { log } from '@/lib/log';
import { enqueue } from '@/lib/queue/enqueue';
import { processWide } from '@/lib/registry';
import { BoundedCache } from '@/lib/salesforce/bounded-cache';
import type { ApiBudget } from '@/lib/salesforce/types';

/** Per cent of an org's daily API calls; below it, the rest of the day is at stake. */
const LOW_PERCENT = 20;
const MAX_ORGS = 1_000;

interface BudgetOfOrg {
  orgId: string;
  environmentId: string;
  budget: ApiBudget;
}

/**
 * Has it told, once a day and org, that few calls are left. Costs nothing while there are enough; never throws and never
 * waits, as the answer that brought the news must not.
 */
export function noteLowBudget({ orgId, environmentId, budget: { used, max } }: BudgetOfOrg): void {
  if ((max - used) * 100 >= max * LOW_PERCENT) return;
  const day = new Date().toISOString().slice(0, 10);
  const told = processWide('custody.low-budgets', () => new BoundedCache<string>(MAX_ORGS, Infinity));
  if (told.any(orgId) === day) return;
  told.set(orgId, day);
  const payload = { environmentId, orgId, day, used, max };
  withSystem('budget low', (tx) => enqueue(tx, { task: 'budget_low', payload })).catch((err: unknown) => {
    told.set(orgId, '');
    log().warn({ err, orgId }, 'that few API calls are left could not be told');
  });
}
