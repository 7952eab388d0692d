import type { Role } from '@/lib/context';

/** What everybody may know of an identity provider: the sign-in page offers it. */
export interface IdentityProviderChoice {
  slug: string;
  name: string;
}

/** What a group of the provider makes of its people. */
export interface GroupMappingRow {
  group: string;
  role: Role;
  environmentIds: string[];
}

/** An identity provider as administrators and auditors see it. Never holds a secret. */
export interface IdentityProviderDetail extends IdentityProviderChoice {
  id: string;
  issuer: string;
  clientId: string;
  scopes: string[];
  groupsClaim: string | null;
  groupMappings: GroupMappingRow[];
  admitsUnknown: boolean;
  enabled: boolean;
  redirectUri: string;
  /** Null: the reader may not know (auditors). */
  secret: { stored: boolean; updatedAt: string | null } | null;
  /** ISO instant; null: nobody yet. */
  lastSignInAt: string | null;
}

/** Whether people may sign in through Salesforce, and whether that may be switched off now. */
export interface SalesforceSignIn {
  allowed: boolean;
  /** Somebody can still administer the portal without it: an administrator has signed in through a provider. */
  maySwitchOff: boolean;
}
