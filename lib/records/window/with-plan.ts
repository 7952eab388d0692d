import { AppError } from '@/lib/errors';
import { type GridInput, type GridPlan, planGrid } from '@/lib/records/window/plan-grid';
import type { RecordsAccess } from '@/lib/records/with-records';

/**
 * Field-level security may have changed since the describes were cached: then all is planned again with new ones, once, if
 * that makes another statement.
 */
export async function withPlan<T>(
  access: RecordsAccess,
  input: GridInput,
  read: (plan: GridPlan) => Promise<T>,
  statementOf: (plan: GridPlan) => string = (plan) => plan.soql(null),
): Promise<T> {
  const plan = await planGrid(access, input);
  try {
    return await read(plan);
  } catch (error) {
    if (!isInvalidField(error)) throw error;
    const fresh = await planGrid(access, input, { careful: true });
    if (statementOf(fresh) === statementOf(plan)) throw error;
    return await read(fresh);
  }
}

/** Whether Salesforce does not know a field or relationship of a statement. */
export function isInvalidField(error: unknown): boolean {
  return error instanceof AppError && error.salesforce?.error === 'INVALID_FIELD';
}
