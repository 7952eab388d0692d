import { isIP } from 'node:net';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { isLoopbackHost } from './addresses';

const COMMON_LOGIN_HOST = /^(?:login|test)\.salesforce\.com$/;

/** Hosts that serve Salesforce's OAuth and API endpoints (Salesforce help: My Domain URL formats). */
const SALESFORCE_HOSTS: readonly RegExp[] = [
  COMMON_LOGIN_HOST,
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?:sandbox|develop|scratch|trailblaze|demo|patch|free))?\.my\.(?:salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/,
  // Before enhanced domains: an instance in the host name.
  /^[a-z]{2,4}\d{1,4}\.salesforce\.com$/,
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.[a-z]{2,4}\d{1,4}\.my\.salesforce\.com$/,
];

const parsedLists = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * Parses a URL that Orgdock is about to call, or that Salesforce named in an answer.
 * Throws `HOST_NOT_ALLOWED`, with the reason, unless it is https on one of Salesforce's own hosts or its origin is
 * in `ORGDOCK_ALLOW_HOSTS`.
 */
export function checkOrigin(text: string): URL {
  const reason = refusal(text);
  if (reason === null) return new URL(text);
  throw new AppError('HOST_NOT_ALLOWED', `Orgdock does not call this address: ${reason}.`, {
    nextStep:
      'Use the My Domain address of the org, such as https://acme.my.salesforce.com (Setup → My Domain). An operator can allow one more origin with ORGDOCK_ALLOW_HOSTS.',
    details: { address: shownAddress(text), reason },
  });
}

/** Whether the orgs of all customers log in at this address: it says nothing of which one is meant. */
export function isCommonLoginHost(address: string): boolean {
  return URL.canParse(address) && COMMON_LOGIN_HOST.test(new URL(address).hostname);
}

/** Whether an operator allowed this exact origin (`ORGDOCK_ALLOW_HOSTS`), such as that of a simulator. */
export function isExtraOrigin(url: URL): boolean {
  return extraOrigins().has(url.origin);
}

/** The extra origins of the settings. Throws `MISCONFIGURED` for an entry that is no origin, or unsafe in production. */
export function extraOrigins(): ReadonlySet<string> {
  const list = env().ORGDOCK_ALLOW_HOSTS;
  const known = parsedLists.get(list);
  if (known) return known;
  const origins = new Set(list.map(extraOrigin));
  parsedLists.set(list, origins);
  return origins;
}

function extraOrigin(entry: string): string {
  const url = URL.canParse(entry) ? new URL(entry) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) {
    throw new AppError(
      'MISCONFIGURED',
      `ORGDOCK_ALLOW_HOSTS: "${entry}" is not an origin such as https://host:port.`,
    );
  }
  if (env().NODE_ENV === 'production' && url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) {
    throw new AppError(
      'MISCONFIGURED',
      `ORGDOCK_ALLOW_HOSTS: "${entry}" must use https, or be on this machine.`,
    );
  }
  return url.origin;
}

/** Why a URL may not be called; null: it may. */
function refusal(text: string): string | null {
  const shape = shapeRefusal(text);
  if (shape !== null) return shape;
  const url = new URL(text);
  if (extraOrigins().has(url.origin)) return null;
  if (url.protocol !== 'https:') return `it uses ${url.protocol.slice(0, -1)}, only https is allowed`;
  return hostRefusal(url);
}

/** What the URL parser would silently repair is refused before it is parsed. Null: the text is a plain URL. */
export function shapeRefusal(text: string): string | null {
  if (text === '') return 'it is empty';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0020\u007f]/.test(text)) return 'it holds spaces or control characters';
  if (text.includes('\\')) return 'it holds a backslash';
  if (!URL.canParse(text)) return 'it is not a complete URL';
  const authority = authorityOf(text);
  if (authority === '') return 'it does not start with https://';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the range meant
  if (/[^\u0000-\u007f]/.test(authority)) return 'its host has letters outside a–z, 0–9 and the hyphen';
  if (authority.includes('%')) return 'its host is percent-encoded';
  if (authority.includes('@')) return 'it carries a user name or password';
  return null;
}

function hostRefusal(url: URL): string | null {
  const host = url.hostname;
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return 'it names an IP address instead of a host';
  if (host.endsWith('.')) return 'its host ends with a dot';
  if (url.port !== '') return `it names port ${url.port}, only 443 is allowed`;
  if (host.split('.').some((label) => label.startsWith('xn--'))) {
    return 'its host is an internationalised name (xn--)';
  }
  if (/\.lightning\.(?:force\.com|crmforce\.mil|sfcrmapps\.cn)$/.test(host)) {
    return `${host} serves Lightning pages, not the API; its My Domain host ends with .my.salesforce.com`;
  }
  if (/\.my\.salesforce-setup\.com$/.test(host)) return `${host} serves Setup pages, not the API`;
  return SALESFORCE_HOSTS.some((pattern) => pattern.test(host))
    ? null
    : `${host} is not a Salesforce API host`;
}

/** The text between `//` and the next `/`, `?` or `#`, as it was typed. */
function authorityOf(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
}

/** The address as an error may show it: no user info, path or query. */
export function shownAddress(text: string): string {
  if (!URL.canParse(text)) return text.slice(0, 80);
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`.slice(0, 120);
}
