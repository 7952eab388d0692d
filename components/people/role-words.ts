import type { Role } from '@/lib/context';

/** Roles as forms offer them. */
export const ROLES: ReadonlyArray<{ value: Role; label: string }> = [
  { value: 'member', label: 'Member: connects orgs and reads records' },
  { value: 'auditor', label: 'Auditor: reads everything administrative, changes nothing, sees no records' },
  { value: 'admin', label: 'Administrator: manages environments, people and grants' },
];

/** A role in the middle of a sentence. */
export const ROLE_WORDS: Record<Role, string> = {
  member: 'a member',
  auditor: 'an auditor',
  admin: 'an administrator',
};
