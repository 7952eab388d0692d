import type { PersonContext, Role } from '@/lib/context';
import { AppError } from '@/lib/errors';

const NAMES: Partial<Record<Role, string>> = { admin: 'administrators', auditor: 'auditors' };

/** Who reads everything administrative. */
export const CUSTODIANS: readonly Role[] = ['admin', 'auditor'];

/** Refuses whoever has none of these roles, in words that end with `what`. Throws FORBIDDEN. */
export function assertRole({ role }: PersonContext, roles: readonly Role[], what: string): void {
  if (roles.includes(role)) return;
  const who = roles.map((one) => NAMES[one] ?? one).join(' and ');
  throw new AppError('FORBIDDEN', `Only ${who} ${what}.`, {
    nextStep: 'Ask an administrator of this portal.',
  });
}
