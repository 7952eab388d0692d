import type { EnvironmentDetail } from '@/lib/environments/types';

const DAY_MS = 86_400_000;

/** How a stored secret is: `due` from half a year on, `old` from a year on. */
export type SecretCondition = 'public' | 'missing' | 'fresh' | 'due' | 'old';

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
