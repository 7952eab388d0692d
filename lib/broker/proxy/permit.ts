import type { BrokerCall } from '@/lib/broker/call/types';
import { decide } from '@/lib/broker/policy/decide';
import type { Understanding, Understood } from '@/lib/broker/policy/types';
import { touchesOfLocator } from '@/lib/broker/proxy/locators';
import type { ReadableConnection } from '@/lib/connections/types';

/**
 * Makes sure that a call is one that its key may make; a further page of a list, that the key was given that list and may
 * read such a one still. Gives what the call touches. Throws POLICY_REFUSED with the rule.
 */
export async function permit(
  call: BrokerCall,
  connection: ReadableConnection,
  what: Understanding,
): Promise<Understood> {
  const { policy } = call.key;
  const settings = call.settings(connection);
  const decision = decide(policy, settings, what);
  if (!decision.allowed) return await call.refuse(decision);
  // Only a reading that is understood is ever allowed.
  const understood = what as Understood;
  if (understood.locator === null) return understood;
  if (policy.objects === null) return understood;
  const touches = await touchesOfLocator(call, connection, understood.locator);
  if (touches === null) {
    return await call.refuse({
      allowed: false,
      rule: 'locator',
      reason:
        'The policy limits objects, and this key was not given this list. Run the query again, or use POST …/query, which gives all rows.',
      because: decision.because,
    });
  }
  const further = { ...understood, touches };
  const still = decide(policy, settings, further);
  return still.allowed ? further : await call.refuse(still);
}
