import type { BrokerCall } from '@/lib/broker/call/types';
import type { ReadableConnection } from '@/lib/connections/types';

/** The one connection that a key is bound to. Throws POLICY_REFUSED (`connections`) for a key of none or several. */
export async function connectionOfKey(call: BrokerCall): Promise<ReadableConnection> {
  const [only, ...others] = call.key.policy.connections ?? [];
  if (only !== undefined && others.length === 0) return await call.connection(only);
  return await call.refuse({
    allowed: false,
    rule: 'connections',
    reason:
      'At /services a key works that is bound to exactly one connection. Others call …/connections/{id}/proxy/services/….',
    because: [],
  });
}
