import type { EnvironmentDetail } from '@/lib/environments/types';

const DAY_MS = 86_400_000;

/** How a stored secret is: `due` from half a year on, `old` from a year on. */
export type SecretCondition = 'public' | 'missing' | 'fresh' | 'due' | 'old';

/** What to make of an age that is no longer fresh. */
export const SECRET_ADVICE: Partial<Record<SecretCondition, string>> = {
  due: 'Older than half a year: plan a new one',
  old: 'Older than a year: rotate it',
};

export const SECRET_TONES: Record<SecretCondition, string> = {
  public: 'text-muted',
  missing: 'text-warning-soft-foreground font-medium',
  fresh: '',
  due: 'text-warning-soft-foreground font-medium',
  old: 'text-danger-soft-foreground font-medium',
};

/** `now`: ISO instant. */
export function secretConditionOf(
  { clientType, secretUpdatedAt }: Pick<EnvironmentDetail, 'clientType' | 'secretUpdatedAt'>,
  now: string,
): SecretCondition {
  if (clientType === 'public') return 'public';
  if (secretUpdatedAt === null) return 'missing';
  const days = (Date.parse(now) - Date.parse(secretUpdatedAt)) / DAY_MS;
  if (days > 365) return 'old';
  return days > 180 ? 'due' : 'fresh';
}
