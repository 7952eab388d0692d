import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { fromJson } from '@/lib/environments/fields/from-json';
import { AppError } from '@/lib/errors';
import {
  isReservedHeader,
  isReservedInAuthorizeUrl,
  isReservedInTokenRequest,
} from '@/lib/salesforce/oauth/reserved-names';

const MOST_PAIRS = 20;
const PARAMETER_NAME = /^[a-z][\w.-]{0,63}$/i;
/** A token of RFC 9110 §5.6.2. */
const TOKEN = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/i;
/** Printable ASCII, no white space at either end: nothing that could end a header. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

interface PairRules {
  what: string;
  nameOf: RegExp;
  isValue: (value: string) => boolean;
  isReserved: (name: string) => boolean;
}

/** Names and values of an editor: an object, or the same as JSON; empty means none. */
function pairs({ what, nameOf, isValue, isReserved }: PairRules) {
  const shape = z.record(z.string(), z.string(), `Enter each ${what} with a name and a value.`);
  return z
    .union([
      z
        .string()
        .max(20_000)
        .transform((text) => fromJson(text, {})),
      z.unknown(),
    ])
    .default({})
    .pipe(shape)
    .superRefine((record, context) => {
      const say = (message: string) => context.addIssue({ code: 'custom', message });
      const names = Object.keys(record);
      if (names.length > MOST_PAIRS) say(`Use at most ${MOST_PAIRS}.`);
      if (new Set(names.map((name) => name.toLowerCase())).size < names.length) say('Use each name once.');
      for (const [name, value] of Object.entries(record)) {
        if (!nameOf.test(name)) say(`“${name.slice(0, 70)}” is not the name of a ${what}.`);
        else if (isReserved(name)) say(`Orgdock decides on ${name} itself: it cannot be added here.`);
        else if (value.length > 2_000 || !isValue(value)) {
          say(`The value of ${name} is empty, too long, or holds characters that cannot be sent.`);
        }
      }
    });
}

const isParameterValue = (value: string) => value !== '' && !/\p{Cc}/u.test(value);

export const authorizeParameters = pairs({
  what: 'parameter',
  nameOf: PARAMETER_NAME,
  isValue: isParameterValue,
  isReserved: isReservedInAuthorizeUrl,
});

export const tokenParameters = pairs({
  what: 'parameter',
  nameOf: PARAMETER_NAME,
  isValue: isParameterValue,
  isReserved: isReservedInTokenRequest,
});

export const tokenHeaders = pairs({
  what: 'header',
  nameOf: TOKEN,
  isValue: (value) => HEADER_VALUE.test(value),
  isReserved: isReservedHeader,
});

/** An address that stands in for the usual one of an endpoint. Empty: the usual one, null. */
export const endpointUrl = z
  .string()
  .trim()
  .max(512, 'This address is too long.')
  .nullable()
  .default(null)
  .transform((text, context) => {
    if (!text) return null;
    try {
      const url = checkOrigin(text);
      if (url.search === '' && url.hash === '' && !/[?#]$/.test(text)) return url.href;
      context.addIssue({ code: 'custom', message: 'Leave out everything from ? or # on.' });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
    return z.NEVER;
  });

export const TOKEN_URL_ELSEWHERE =
  'The token address must be at the address of the org above: the tokens of a grant go to one host only.';

/** Whether a token address is at the org's own address. */
export function isAtOrigin(tokenUrl: string | null, origin: string): boolean {
  return tokenUrl === null || origin === '' || new URL(tokenUrl).origin === origin;
}

export const headerPrefix = z
  .string()
  .trim()
  .default('Bearer')
  .transform((text) => (text === '' ? 'Bearer' : text))
  .refine((text) => TOKEN.test(text), 'Use one word, such as Bearer or OAuth.');
