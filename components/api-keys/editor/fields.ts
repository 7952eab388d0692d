import type { Answer } from '@/components/forms/action-result';
import type { KeyChoices } from '@/lib/broker/keys/types';
import type { KeyPolicy, KnownName } from '@/lib/broker/types';

/** What every part of the editor gets. */
export interface PolicyPart {
  policy: KeyPolicy;
  change: (changes: Partial<KeyPolicy>) => void;
  /** One message per field of the policy. */
  errors: Record<string, string | undefined>;
}

export interface EditorOptions {
  choices: KeyChoices;
  /** Every zone that the server knows, and the one that a first choice begins with. */
  timeZones: string[];
  timeZone: string;
  /** Where the reader's calls would come from now, as an example. */
  ownAddress: string | null;
  /** Named queries to offer. */
  queries: KnownName[];
  /** Names to offer for objects, or for the fields of one; null: none, since the key is somebody else’s. */
  knownNames: ((asked: NamesAsked) => Promise<Answer<KnownName[]>>) | null;
}

/** Fields of `sobject`; null: objects. */
export type NamesAsked = Pick<KeyPolicy, 'environments' | 'connections'> & { sobject: string | null };
