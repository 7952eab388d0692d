import pino from 'pino';
import { env } from '@/lib/env';
import { processWide } from '@/lib/registry';

/** What a Salesforce access token, refresh token, JWT, secret of an API key, connect link or one-time password looks like in free text. */
const TOKEN_PATTERN =
  /00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![A-Za-z0-9._]+|5Aep[A-Za-z0-9._]+|eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)+|odk_[a-z0-9]{12}_[A-Za-z0-9_-]+|odl_[A-Za-z0-9_-]{43}|(?<=[?&](?:otp|sid)=)[^&\s"'\\]+/g;

const SECRET_KEYS = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'code_verifier',
  'token',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'consumerSecret',
  'codeVerifier',
  'frontdoor_uri',
  'authorization',
  'cookie',
];

/** An authorization code, where one could be; below `err` the same key says what kind of error it was. */
const CODE_PATHS = ['code', 'query.code', 'params.code', 'parameters.code', 'form.code', 'body.code'];

/** Replaces everything that looks like a token. The last line of defence, not the first. */
export function redactTokens(text: string): string {
  return text.replace(TOKEN_PATTERN, '[redacted token]');
}

/** Secrets are redacted by key and by pattern. */
export function loggerOptions(level: pino.LevelWithSilent): pino.LoggerOptions {
  return {
    level,
    redact: {
      paths: [...SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), ...CODE_PATHS],
      censor: '[redacted]',
    },
    hooks: { streamWrite: redactTokens },
    serializers: { err: pino.stdSerializers.errWithCause },
  };
}

/** The process's logger: JSON lines. */
export function log(): pino.Logger {
  return processWide('log', () => pino(loggerOptions(env().LOG_LEVEL)));
}

/**
 * Notes an attempt to get past a control for which there is no audit row, because nobody is known yet and whoever tries
 * could fill the log of acts with it. `refused` names the control: what an operator's alarm looks for.
 */
export function logRefused(
  refused: 'limit' | 'origin' | 'consent answer' | 'set-up token' | 'API key',
  facts: Record<string, string | null>,
): void {
  log().warn({ refused, ...facts }, 'a request was refused');
}
