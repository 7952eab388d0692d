// @ts-check
import { BlockList, isIP } from 'node:net';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

/**
 * Reads `ORGDOCK_TRUSTED_PROXIES`: addresses and CIDR ranges, IPv4 and IPv6, separated by commas or blanks.
 * @param {string} list
 * @returns {{trusts: (address: string) => boolean, faults: string[]}}
 */
export function parseTrustedProxies(list) {
  const trusted = new BlockList();
  const faults = [];
  for (const entry of list.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', bits, ...rest] = entry.split('/');
    const version = isIP(address);
    const longest = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (version === 0 || rest.length > 0 || !(prefix <= longest)) faults.push(entry);
    else trusted.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
  }
  return {
    faults,
    trusts(address) {
      const plain = plainAddress(address);
      const version = isIP(plain);
      return version !== 0 && trusted.check(plain, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

/**
 * An IPv4 peer on a dual-stack socket shows as `::ffff:10.0.0.1`; lists name it `10.0.0.1`.
 * @param {string} address
 */
function plainAddress(address) {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/** Headers that only a proxy or Next itself may write; from a client they are an attempt to skip a gate. */
const FOREIGN_HEADER =
  /^(?:forwarded|x-real-ip|x-client-ip|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-route-matches|x-nextjs-data|x-next-resume-state-length|next-resume|x-prerender-.*|x-orgdock-.*)$/;

/**
 * Makes `x-forwarded-*` say what the socket says, unless a trusted proxy wrote them; then `x-forwarded-for` becomes
 * the one address that the nearest untrusted hop had. Next keeps a client's own values otherwise.
 * @param {IncomingMessage} request changed in place
 * @param {(address: string) => boolean} trusts
 */
export function ownForwardedHeaders(request, trusts) {
  const { headers } = request;
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  const claimed = {
    for: single(headers['x-forwarded-for']),
    proto: single(headers['x-forwarded-proto']),
    host: single(headers['x-forwarded-host']),
  };
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || FOREIGN_HEADER.test(name)) delete headers[name];
  }
  const fromProxy = trusts(peer);
  headers['x-forwarded-for'] = fromProxy ? clientBehind(peer, claimed.for, trusts) : peer;
  headers['x-forwarded-proto'] = fromProxy && /^https?$/.test(claimed.proto) ? claimed.proto : 'http';
  const host = (fromProxy && claimed.host) || headers.host;
  if (host) headers['x-forwarded-host'] = host;
}

/** @param {string | string[] | undefined} value */
function single(value) {
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

/**
 * Walks the list from its trustworthy end: each trusted hop vouches for the address it wrote before its own.
 * @param {string} peer
 * @param {string} list
 * @param {(address: string) => boolean} trusts
 */
function clientBehind(peer, list, trusts) {
  let client = peer;
  for (const hop of list.split(',').reverse()) {
    const address = plainAddress(hop.trim());
    if (isIP(address) === 0) break;
    client = address;
    if (!trusts(address)) break;
  }
  return client;
}

/**
 * Why a request line is refused before Next sees it, or null. An absolute-form target or an upgrade has made
 * self-hosted Next a proxy into the inner network (CVE-2026-44578).
 * @param {IncomingMessage} request
 * @returns {string | null}
 */
export function refusedTarget(request) {
  const target = request.url ?? '';
  if (!target.startsWith('/')) return 'The request target must be a path.';
  if (target.startsWith('//') || target.includes('\\')) return 'The request target is not a plain path.';
  // PostgreSQL stores none, so that whatever looks for one fails.
  if (target.includes('%00')) return 'The request target holds a null character.';
  return isDecodable(target.split('?', 1)[0] ?? '') ? null : 'The request target is not UTF-8.';
}

/** Next answers 500 to a path that it cannot decode. @param {string} pathname */
function isDecodable(pathname) {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/**
 * Why a method is refused before Next sees it, or null. TRACE repeats what a browser sent, cookies too, and the request
 * objects that Next works with cannot hold it.
 * @param {IncomingMessage} request
 * @returns {string | null}
 */
export function refusedMethod({ method = '' }) {
  return /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? null : 'This method is not served.';
}
