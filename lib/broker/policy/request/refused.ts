import type { PolicyRule } from '@/lib/broker/types';

/** A request that is refused while it is read, whatever a policy says. */
export class Refused extends Error {
  constructor(
    readonly rule: PolicyRule,
    reason: string,
  ) {
    super(reason);
  }
}
