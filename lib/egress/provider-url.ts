import { isIP } from 'node:net';
import { AppError } from '@/lib/errors';
import { isExtraOrigin, shapeRefusal, shownAddress } from './hosts';

/**
 * Parses an address of an identity provider: the issuer that an administrator entered, or an endpoint that its discovery
 * document names. Throws `HOST_NOT_ALLOWED` unless it is https on a host name, or its origin is in `ORGDOCK_ALLOW_HOSTS`.
 * That the name resolves to public addresses only is checked where the connection is opened.
 */
export function checkProviderUrl(text: string): URL {
  const reason = refusal(text);
  if (reason === null) return new URL(text);
  throw new AppError('HOST_NOT_ALLOWED', `Orgdock does not call this address: ${reason}.`, {
    nextStep:
      'Use an https address with a host name. An operator can allow one more origin with ORGDOCK_ALLOW_HOSTS.',
    details: { address: shownAddress(text), reason },
  });
}

function refusal(text: string): string | null {
  const shape = shapeRefusal(text);
  if (shape !== null) return shape;
  const url = new URL(text);
  if (url.hash !== '') return 'it holds a fragment (#)';
  if (isExtraOrigin(url)) return null;
  if (url.protocol !== 'https:') return `it uses ${url.protocol.slice(0, -1)}, only https is allowed`;
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return 'it names an IP address instead of a host';
  return url.hostname.endsWith('.') ? 'its host ends with a dot' : null;
}
