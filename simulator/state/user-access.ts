import type { SimUser } from '@/simulator/types';

/** Whether Salesforce lets a user in at all: logins, sessions and tokens end for an inactive or a frozen one. */
export function isLetIn(user: SimUser): boolean {
  return user.isActive && !user.isFrozen;
}

/** Whose profile has Manage Users, View Setup and Customize Application: the demo orgs know no other way to them. */
export function isAdministrator(user: SimUser): boolean {
  return user.profileName === 'System Administrator';
}
