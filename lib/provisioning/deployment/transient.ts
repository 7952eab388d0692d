import { AppError, type ErrorCode } from '@/lib/errors';

/** Whether the answer is there and is no, from Salesforce or from Orgdock: nothing was taken. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const status = error.salesforce?.status ?? null;
  if (status !== null) return status >= 400 && status < 500 && status !== 408;
  return /^(?:GRANT_|APP_|ENVIRONMENT_|HOST_NOT_ALLOWED|HOST_UNRESOLVABLE|CONFLICT|NOT_FOUND)/.test(
    error.code,
  );
}

/** Whether the same question may be answered in a while. */
export function isTransient(error: unknown): boolean {
  return !isRefusal(error) || (error instanceof AppError && PASSING.has(error.code));
}

const PASSING = new Set<ErrorCode>([
  'SALESFORCE_LIMIT_EXCEEDED',
  'SALESFORCE_BUSY',
  'SALESFORCE_QUERY_TIMEOUT',
]);
