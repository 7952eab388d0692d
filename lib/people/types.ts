import type { Role } from '@/lib/context';

export interface PersonSummary {
  id: string;
  displayName: string;
  email: string | null;
  role: Role;
}

export interface Preferences {
  /** BCP 47; null: as in Salesforce. */
  locale: string | null;
  /** IANA; null: as in Salesforce. */
  timeZone: string | null;
}
