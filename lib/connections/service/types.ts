import type { ConnectionProblem, Health, ServiceFlow } from '@/lib/connections/types';

/** A certificate as its page shows it; it holds no secret. */
export interface CertificateFacts {
  pem: string;
  /** SHA-256, in pairs with colons. */
  fingerprint: string;
  /** ISO instant. */
  validUntil: string;
}

/** What an administrator sees of a service connection; never a record, a token or a credential. */
export interface ServiceConnectionSummary {
  id: string;
  name: string;
  /** What programs call it by, unique in its environment. */
  alias: string | null;
  flow: ServiceFlow;
  /** True: its key is made, and Salesforce has not answered yet. */
  prepared: boolean;
  /** The Salesforce user whose rights everybody has who reads through it. */
  runAs: { username: string; displayName: string };
  orgId: string;
  orgName: string | null;
  health: Health;
  problem: ConnectionProblem | null;
  /** ISO instant. */
  lastUsedAt: string | null;
  sharedWithEveryone: boolean;
  /** People beside "everyone". */
  sharedWith: Array<{ id: string; displayName: string; email: string | null }>;
}

export interface ServiceConnectionDetail extends ServiceConnectionSummary {
  tokenHost: string;
  scopes: string[];
  /** ISO instants. */
  createdAt: string;
  retrievedAt: string;
  /** The certificate that signs now, and one that waits to be uploaded. */
  certificate: CertificateFacts | null;
  nextCertificate: CertificateFacts | null;
}
