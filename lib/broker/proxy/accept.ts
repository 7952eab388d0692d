import type { Understood } from '@/lib/broker/policy/types';

/**
 * The `Accept` that a call goes with. Salesforce answers many in XML as well, in which nobody counts rows or finds the
 * ids of what was written: what is looked into is asked for as JSON. A single read may be a file of any kind, and
 * without a wish Salesforce gives JSON. `given`: the program's own, for describes and for what nobody looks into.
 */
export function acceptOf(
  { touches, family, reads }: Understood,
  given: string | undefined,
): string | undefined {
  if (family !== null || touches.every(({ operation }) => operation === 'describe')) return given;
  const readsOnly =
    reads && touches.every(({ operation }) => operation === 'read' || operation === 'describe');
  return readsOnly ? '*/*' : 'application/json';
}
