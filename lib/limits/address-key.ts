import { isIPv6 } from 'node:net';

/**
 * What an address is counted under: itself, and of IPv6 its first 64 bits, which are one customer's. Null, as behind a
 * proxy that names nobody, is one key for all.
 */
export function addressKey(ip: string | null): string {
  if (ip === null) return 'unknown';
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [before = '', after] = (ip.split('%')[0] ?? '').split('::');
  const head = groupsOf(before);
  const tail = after === undefined ? [] : groupsOf(after);
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...(after === undefined ? [] : zeros), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
