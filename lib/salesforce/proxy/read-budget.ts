import type { ApiBudget } from '../types';

/** `api-usage=118/15000`, possibly followed by `; per-app-api-usage=…` (REST API Developer Guide, "Limit Info Header"). */
export function readBudget(header: string | undefined): ApiBudget | null {
  const match = /(?:^|[\s;,])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match ? { used: Number(match[1]), max: Number(match[2]) } : null;
}
