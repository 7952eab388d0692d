import { isIPv4, isIPv6 } from 'node:net';

/** IPv4 ranges that are not public (IANA special-purpose registry, multicast, reserved). */
const NOT_PUBLIC_V4: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Whether an address (as a resolver gives it, without brackets) is on the public internet. IPv6 forms that carry
 * an IPv4 address (mapped, NAT64) are judged by that address. Anything that cannot be read is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return isPublicV4(v4Number(address));
  if (!isIPv6(address) || address.includes('%')) return false;
  const groups = v6Groups(address);
  const embedded = embeddedV4(groups);
  return embedded === null ? isPublicV6(groups) : isPublicV4(embedded);
}

/** Whether an address or host name names this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIPv4(name)) return name.startsWith('127.');
  return isIPv6(name) && v6Groups(name).every((group, index) => group === (index === 7 ? 1 : 0));
}

function v4Number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isPublicV4(address: number): boolean {
  return !NOT_PUBLIC_V4.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(v4Number(network) / size);
  });
}

/** The eight 16-bit groups. The URL parser does the work: it knows `::` and a dotted tail. */
function v6Groups(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address inside `::ffff:0:0/96` (RFC 4291 §2.5.5.2) or `64:ff9b::/96` (RFC 6052 §2.1). */
function embeddedV4(groups: number[]): number | null {
  const prefix = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':');
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '64:ff9b:0:0:0:0') return null;
  return (groups[6] ?? 0) * 65536 + (groups[7] ?? 0);
}

/** Global unicast (2000::/3) without protocol assignments, Teredo, 6to4 and documentation. */
function isPublicV6(groups: number[]): boolean {
  const [first = 0, second = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return false;
  if (first === 0x2001 && (second < 0x200 || second === 0xdb8)) return false;
  return first !== 0x2002 && !(first === 0x3fff && second < 0x1000);
}
