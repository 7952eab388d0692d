import { BlockList, isIP } from 'node:net';

/** Whether a text is an IP address or a range in CIDR notation, such as `192.0.2.0/24` or `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return addRange(new BlockList(), text);
}

/** Whether an address is one of, or within, some addresses and ranges. What is no address is within none. */
export function isWithin(ranges: readonly string[], address: string): boolean {
  const plain = unmapped(address);
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}

function addRange(list: BlockList, text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || rest.length > 0) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (length === undefined) {
    list.addAddress(unmapped(address), isIP(unmapped(address)) === 6 ? 'ipv6' : 'ipv4');
    return true;
  }
  if (!/^\d{1,3}$/.test(length) || Number(length) > (version === 6 ? 128 : 32)) return false;
  list.addSubnet(address, Number(length), family);
  return true;
}

/** A server that listens on IPv6 sees an IPv4 caller as `::ffff:192.0.2.1`. */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
