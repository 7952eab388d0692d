import { isWithin } from '@/lib/broker/policy/decide/is-within';
import { formatNumber } from '@/lib/broker/policy/decide/words';
import type { CallSettings } from '@/lib/broker/policy/types';
import type { KeyPolicy, PolicyRule } from '@/lib/broker/types';
import { isOutsideHours } from '@/lib/custody/usage/reading-hours';

/** What a rule says of a call: that it passes, and why, or why not. */
export type Verdict = { passes: true; because: string } | { passes: false; rule: PolicyRule; reason: string };

export const pass = (because: string): Verdict => ({ passes: true, because });
export const fail = (rule: PolicyRule, reason: string): Verdict => ({ passes: false, rule, reason });

type Rule<Of extends keyof CallSettings> = (policy: KeyPolicy, settings: Pick<CallSettings, Of>) => Verdict;

/** Where from and when a key is used: known before anything else of a call. */
export const CALLER_RULES: Rule<'address' | 'at'>[] = [
  function addresses(policy, { address }) {
    if (policy.addresses === null) return pass('Calls may come from any address.');
    if (address === null) {
      return fail(
        'addresses',
        'The key is limited to some addresses, and it is not known where this call comes from.',
      );
    }
    return isWithin(policy.addresses, address)
      ? pass(`${address} is among the addresses of the key.`)
      : fail('addresses', `${address} is not among the addresses that the key may be used from.`);
  },

  function hours(policy, { at }) {
    if (policy.hours === null) return pass('Calls may come at any time.');
    const { from, to, timeZone } = policy.hours;
    return isOutsideHours(policy.hours, at)
      ? fail('hours', `It is outside of the hours of the key, ${from} to ${to} (${timeZone}) on its days.`)
      : pass(`It is within the hours of the key, ${from} to ${to} (${timeZone}).`);
  },
];

/** Through what a key is used. */
export const PLACE_RULES: Rule<'environmentId' | 'connectionId'>[] = [
  function environments(policy, { environmentId }) {
    if (policy.environments === null) return pass('Every environment of the owner may be used.');
    return includes(policy.environments, environmentId)
      ? pass('The environment is among those of the key.')
      : fail('environments', 'The key is limited to some environments, and this is none of them.');
  },

  function connections(policy, { connectionId }) {
    if (policy.connections === null) return pass('Every connection that the owner may read may be used.');
    return includes(policy.connections, connectionId)
      ? pass('The connection is among those of the key.')
      : fail('connections', 'The key is limited to some connections, and this is none of them.');
  },
];

/** Rules about where from, when and through what a key is used, and how often, in the order in which they are asked. */
export const SETTINGS_RULES: Rule<keyof CallSettings>[] = [
  ...CALLER_RULES,
  ...PLACE_RULES,
  function callsPerDay({ callsPerDay: most }, { today }) {
    if (most === null) return pass('The number of calls is not limited.');
    return today.calls < most
      ? pass(`${formatNumber(today.calls)} of ${formatNumber(most)} calls of today were made before.`)
      : fail('calls_per_day', `The ${formatNumber(most)} calls of today (UTC) have been made.`);
  },
];

/** Ids and names are compared without regard to case. */
export function includes(list: readonly string[], text: string): boolean {
  const wanted = text.toLowerCase();
  return list.some((entry) => entry.toLowerCase() === wanted);
}
