import type { ApiKey, KeyPolicy } from '@/lib/broker/types';
import type { EnvironmentColor, EnvironmentKind } from '@/lib/environments/types';

/** How long the secret before works beside the new one. */
export const OVERLAPS = ['1h', '1d', '7d', '30d'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** What the ids in a policy stand for. An id that is not here belongs to something that is gone. */
export interface KeyNames {
  environments: Record<string, string>;
  connections: Record<string, string>;
}

/** One page of keys. */
export interface KeyList {
  keys: ApiKey[];
  names: KeyNames;
  total: number;
  page: number;
  pages: number;
}

/** A key with what its page says of it. */
export interface KeyDetail {
  key: ApiKey;
  names: KeyNames;
  /** The owner looks at it. */
  isOwn: boolean;
  /** Of the one connection that the key is bound to, for examples. */
  boundTo: { id: string; alias: string | null; apiVersion: string } | null;
  /** What the daily limits are compared with (UTC). */
  today: { calls: number; rows: number };
}

interface EnvironmentOfKeys {
  id: string;
  name: string;
  kind: EnvironmentKind;
  color: EnvironmentColor | null;
  /** An access token may leave, if the key may be handed one. */
  allowsRawTokens: boolean;
}

export interface ConnectionOfKeys {
  id: string;
  alias: string | null;
  environmentId: string;
  /** Environment and user, such as `Production: grace@acme.example`. */
  label: string;
}

/** What the owner of a key may use, for pickers. */
export interface KeyChoices {
  environments: EnvironmentOfKeys[];
  connections: ConnectionOfKeys[];
}

/** A secret that is shown this once. */
export interface ShownSecret {
  keyId: string;
  secret: string;
}

/** What a form of a key says, read and checked. */
export interface KeyForm {
  name: string;
  policy: KeyPolicy;
  expiresAt: Date | null;
}
