import { BlockList, isIP } from 'node:net';
import type { CallSettings } from '@/lib/broker/call/types';
import type { Decision, KeyPolicy, PolicyRule } from '@/lib/broker/types';
import { isOutsideHours } from '@/lib/custody/usage/reading-hours';

export type RefusedDecision = Extract<Decision, { allowed: false }>;

const refused = (rule: PolicyRule, reason: string): RefusedDecision => ({
  allowed: false,
  rule,
  reason,
  because: [],
});

/** What a policy says of where and when a call comes from, whatever it asks for. Null: nothing against it. */
export function callerRefusal(
  policy: KeyPolicy,
  { at, address }: Pick<CallSettings, 'at' | 'address'>,
): RefusedDecision | null {
  if (policy.addresses !== null && !isWithin(address, policy.addresses)) {
    return refused(
      'addresses',
      `This key works from chosen addresses only, and ${address ?? 'an unknown one'} is none of them.`,
    );
  }
  if (policy.hours !== null && isOutsideHours(policy.hours, at)) {
    const { from, to, timeZone } = policy.hours;
    return refused('hours', `This key works between ${from} and ${to} (${timeZone}) of its days only.`);
  }
  return null;
}

/** What a policy says of the connection that a call is about. Null: nothing against it. */
export function placeRefusal(
  policy: KeyPolicy,
  { environmentId, connectionId }: Pick<CallSettings, 'environmentId' | 'connectionId'>,
): RefusedDecision | null {
  if (policy.environments !== null && !policy.environments.includes(environmentId)) {
    return refused('environments', 'This key does not work in the environment of this connection.');
  }
  if (policy.connections !== null && !policy.connections.includes(connectionId)) {
    return refused('connections', 'This key does not work through this connection.');
  }
  return null;
}

function isWithin(address: string | null, ranges: readonly string[]): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address ?? '')?.[1] ?? address ?? '';
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [base = '', bits] = range.split('/');
    const family = isIP(base);
    if (family === 0) continue;
    list.addSubnet(
      base,
      bits === undefined ? (family === 6 ? 128 : 32) : Number(bits),
      family === 6 ? 'ipv6' : 'ipv4',
    );
  }
  return list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}
