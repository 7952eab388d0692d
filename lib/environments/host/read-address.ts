import { checkOrigin, isExtraOrigin, shapeRefusal } from '@/lib/egress/hosts';
import { originOf, otherPartitions, readMyDomain } from '@/lib/environments/host/my-domain';
import type { AddressReading, Candidate } from '@/lib/environments/host/types';
import { AppError } from '@/lib/errors';

const PRODUCTION_LOGIN = {
  origin: 'https://login.salesforce.com',
  why: 'where every production org logs in',
};
const SANDBOX_LOGIN = { origin: 'https://test.salesforce.com', why: 'where every sandbox logs in' };

const USERNAME = /^[^\s@/:\\]+@[^\s@/:\\]+\.[^\s@/:\\]+$/;
/** A reverse proxy that companies put before Salesforce's pages. */
const BROWSER_PROXY = /\.mcas\.ms$/;

/**
 * Which org an address is of: any page of it, with or without scheme and path, or a Salesforce username, which hardly
 * tells. Asks nobody. Throws INVALID_INPUT when it is no address, HOST_NOT_ALLOWED with the reason when it is one that
 * Orgdock does not call.
 */
export function readAddress(pasted: string): AddressReading {
  const text = pasted.trim();
  if (USERNAME.test(text)) return readUsername(text);
  const url = parse(text);
  if (isExtraOrigin(url)) return { candidates: [{ origin: url.origin, why: 'as entered' }], notes: [] };
  const notes: string[] = [];
  if (url.protocol === 'http:') {
    url.protocol = 'https:';
    notes.push('Salesforce is called over https only.');
  }
  if (BROWSER_PROXY.test(url.hostname)) {
    url.hostname = url.hostname.replace(BROWSER_PROXY, '');
    notes.push('Your company’s browser proxy (.mcas.ms) is left out: programs do not go through it.');
  }
  return { candidates: candidatesOf(url), notes };
}

/** The likeliest origin of an address. Throws as `readAddress`, and INVALID_INPUT for a username. */
export function salesforceOrigin(pasted: string): string {
  if (USERNAME.test(pasted.trim())) throw noAddress();
  const [first] = readAddress(pasted).candidates;
  if (!first) throw noAddress();
  return first.origin;
}

function parse(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(withScheme)) throw noAddress();
  // What the parser would repair in silence is refused, with the reason.
  if (shapeRefusal(withScheme) !== null) checkOrigin(withScheme);
  return new URL(withScheme);
}

function noAddress(): AppError {
  return new AppError(
    'INVALID_INPUT',
    'This is not a web address. Use one such as https://acme.my.salesforce.com.',
  );
}

function candidatesOf(url: URL): Candidate[] {
  const read = readMyDomain(url.hostname);
  if (read === null) return [{ origin: checkOrigin(url.href).origin, why: 'as entered' }];
  const { domain, entered } = read;
  const typed = checkOrigin(withHost(url, new URL(originOf(domain)).host)).origin;
  const others = otherPartitions(domain).map((partition) => ({
    origin: originOf({ ...domain, partition }),
    why: partition === null ? 'without a partition' : `in the partition “${partition}”`,
  }));
  // An instance in the host may still be how the org is reached.
  const legacy = /\.my\.salesforce\.com$/.test(url.hostname)
    ? [{ origin: url.origin, why: 'as entered' }]
    : [];
  const all = [{ origin: typed, why: entered }, ...legacy, ...others];
  return all.filter(({ origin }, at) => all.findIndex((one) => one.origin === origin) === at);
}

/** With the port that was typed: it is refused, not dropped. */
function withHost(url: URL, host: string): string {
  return `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`;
}

/** Salesforce adds the name of a sandbox to the usernames in it; nothing else in one says where its org is. */
function readUsername(text: string): AddressReading {
  const domain = text.slice(text.lastIndexOf('@') + 1).split('.');
  const last = domain.at(-1) ?? '';
  const hint = domain.length > 2 && last.length > 2;
  return {
    candidates: hint ? [SANDBOX_LOGIN, PRODUCTION_LOGIN] : [PRODUCTION_LOGIN, SANDBOX_LOGIN],
    notes: [
      hint
        ? `In a sandbox, Salesforce adds its name to usernames: this one may be of a sandbox called “${last}”.`
        : 'A username does not say which org it is of.',
      'Open the org in a browser and paste the address of any page instead.',
    ],
  };
}
