import type { SimApp } from '@/simulator/types';

const HOUR = 3_600_000;
/** A month of the policy counts as thirty days here; Salesforce does not say how long its is. */
export const UNIT_MS = { Hours: HOUR, Days: 24 * HOUR, Months: 30 * 24 * HOUR } as const;

export type RefreshPolicyType = 'Infinite' | 'Zero' | 'SpecificInactivity' | 'SpecificLifetime';

/** The refresh token policy as Setup and the sObject name it. */
export interface RefreshPolicy {
  readonly type: RefreshPolicyType;
  readonly period: number | null;
  readonly unit: SimApp['refreshUnit'] | null;
}

export function refreshPolicyOf(app: SimApp): RefreshPolicy {
  const { refreshLifetimeMs: lifetime, refreshIdleMs: idle } = app;
  if (lifetime === 0) return { type: 'Zero', period: null, unit: null };
  if (lifetime !== null) return { type: 'SpecificLifetime', ...spanOf(lifetime, app.refreshUnit) };
  if (idle !== null) return { type: 'SpecificInactivity', ...spanOf(idle, app.refreshUnit) };
  return { type: 'Infinite', period: null, unit: null };
}

/** What a policy makes of an app. */
export function refreshSettings({
  type,
  period,
  unit,
}: RefreshPolicy): Pick<SimApp, 'refreshIdleMs' | 'refreshLifetimeMs' | 'refreshUnit'> {
  const span = (period ?? 0) * UNIT_MS[unit ?? 'Days'];
  return {
    refreshIdleMs: type === 'SpecificInactivity' ? span : null,
    refreshLifetimeMs: type === 'SpecificLifetime' ? span : type === 'Zero' ? 0 : null,
    refreshUnit: unit ?? 'Days',
  };
}

/** In the unit that it was written in, or hours when that leaves a rest. */
function spanOf(span: number, unit: SimApp['refreshUnit']): Pick<RefreshPolicy, 'period' | 'unit'> {
  const fits = span % UNIT_MS[unit] === 0 ? unit : 'Hours';
  return { unit: fits, period: Math.ceil(span / UNIT_MS[fits]) };
}
