import type { SimUser } from '@/simulator/types';

/** Whether Salesforce lets a user in at all: logins, sessions and tokens end for an inactive or a frozen one. */
export function isLetIn(user: SimUser): boolean {
  return user.isActive && !user.isFrozen;
}
