import type { KeyPolicy } from '@/lib/broker/types';
import type { ApiKeyId } from '@/lib/context';

/** A key as a call uses it. */
export interface BrokerKey {
  id: ApiKeyId;
  name: string;
  /** Of the secret that was shown. */
  prefix: string;
  policy: KeyPolicy;
}
