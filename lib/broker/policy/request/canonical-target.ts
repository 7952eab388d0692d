import { Refused } from '@/lib/broker/policy/request/refused';

export interface Target {
  /** Decoded segments of the path after `/services`. */
  segments: string[];
  /** Decoded parameters. */
  parameters: Map<string, string>;
}

/** What percent-encoding may stand for in a path: values of external ids. Never what separates or climbs. */
const ENCODED = /^[\p{L}\p{N} @:+,=&$!'()*._~-]+$/u;
const PARAMETER_NAME = /^[A-Za-z][\w.]*$/;
const MAX_LENGTH = 16_384;
/** Parameters that make another request of this one, or bring another session. */
const OVERRIDES = [
  '_httpmethod',
  '_method',
  'oauth_token',
  'access_token',
  'sid',
  'callback',
  'x-http-method-override',
];

/**
 * Reads a request target that is in the one form that every server on the way reads alike. Throws `Refused`: nothing is
 * put right here, since what we read must be what Salesforce gets.
 */
export function readTarget(target: string): Target {
  if (target.length > MAX_LENGTH)
    throw new Refused('path', 'The URL is longer than the 16,384 bytes that Salesforce takes.');
  if (!/^[!-~]*$/.test(target) || /[\\#;"<>^`{|}]/.test(target)) {
    throw new Refused('path', 'The URL has a character that belongs encoded, or not there at all.');
  }
  const [path = '', query, ...rest] = target.split('?');
  if (rest.length > 0) throw new Refused('path', 'The URL has more than one question mark.');
  if (!path.startsWith('/services/')) throw new Refused('path', 'The path begins with /services/.');
  const plain = path.endsWith('/') ? path.slice(1, -1) : path.slice(1);
  const [, ...segments] = plain.split('/').map(decodeSegment);
  return { segments, parameters: readParameters(query) };
}

function decodeSegment(segment: string): string {
  if (segment === '') throw new Refused('path', 'The path has two slashes in a row.');
  const decoded = decode(segment);
  if (/^\.+$/.test(decoded)) throw new Refused('path', 'The path has a segment of dots only.');
  const isCanonical =
    encodeURIComponent(decoded) === segment.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
  if (!isCanonical || !ENCODED.test(decoded)) {
    throw new Refused(
      'path',
      `The path segment “${segment.slice(0, 80)}” is not in the one form that everybody reads alike.`,
    );
  }
  return decoded;
}

function readParameters(query: string | undefined): Map<string, string> {
  const parameters = new Map<string, string>();
  if (query === undefined || query === '') return parameters;
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    const name = at < 0 ? pair : pair.slice(0, at);
    if (OVERRIDES.includes(decode(name).toLowerCase())) {
      throw new Refused(
        'method_override',
        `The parameter ${decode(name)} would make another request of this one.`,
      );
    }
    if (!PARAMETER_NAME.test(name)) throw new Refused('path', 'The name of a parameter is empty or encoded.');
    if ([...parameters.keys()].some((other) => other.toLowerCase() === name.toLowerCase())) {
      throw new Refused('path', `The parameter ${name} is there twice.`);
    }
    const value = decode((at < 0 ? '' : pair.slice(at + 1)).replaceAll('+', ' '));
    if (value.includes('\0')) throw new Refused('path', 'A parameter has a null byte.');
    parameters.set(name, value);
  }
  return parameters;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused('path', 'Something in the URL is encoded in a way that has no meaning.');
  }
}
