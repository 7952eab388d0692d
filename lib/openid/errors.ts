import { AppError, type ErrorCode } from '@/lib/errors';
import { redactTokens } from '@/lib/log';

const MOST_WORDS = 300;

/** Words of a provider as a page may show them: short, on one line, without anything that looks like a token. */
export function clean(text: string): string {
  return redactTokens(text)
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MOST_WORDS);
}

/** What is wrong with the provider's own description of itself. */
export function discoveryInvalid(message: string, details: Record<string, string> = {}): AppError {
  return new AppError('PROVIDER_DISCOVERY_INVALID', message, {
    nextStep:
      'Compare the issuer with what the identity provider’s own pages say, letter by letter, also a slash at its end.',
    details,
  });
}

/** An answer that did not pass a check. `check` names it. */
export function answerInvalid(message: string, check: string): AppError {
  return new AppError('PROVIDER_ANSWER_INVALID', message, {
    nextStep: 'Start again. If it happens again, show this page to your administrator.',
    details: { check },
  });
}

/** An OAuth error of the provider (RFC 6749 §4.1.2.1 and §5.2), in its own words. */
export function providerRefused(error: string, description: string | null): AppError {
  const words = { error: clean(error), ...(description ? { description: clean(description) } : {}) };
  if (error === 'access_denied') {
    return new AppError('CONSENT_DENIED', 'The identity provider did not let you in.', {
      nextStep:
        'Start again if you stopped it yourself. Else ask your administrator whether the provider lets you use Orgdock.',
      details: words,
    });
  }
  return new AppError('PROVIDER_REFUSED', 'The identity provider refused the request.', {
    nextStep:
      MEANINGS[error] ?? 'The provider’s own words are below. Try again, or show them to your administrator.',
    details: words,
  });
}

const MEANINGS: Record<string, string> = {
  invalid_client:
    'Ask your administrator to compare client id and client secret with what the provider holds.',
  unauthorized_client:
    'Ask your administrator to allow the authorization code flow for this client at the provider.',
  invalid_scope: 'Ask your administrator to compare the scopes of the identity provider with what it allows.',
  invalid_grant: 'Start again and finish within a few minutes.',
};

/** Codes of the way out, and what they say here: `lib/egress` speaks of Salesforce. */
const UNREACHABLE: Partial<Record<ErrorCode, string>> = {
  HOST_UNRESOLVABLE: 'its host name could not be resolved (DNS)',
  HOST_UNREACHABLE: 'the connection failed',
  TIMEOUT: 'it did not answer in time',
  SALESFORCE_ANSWER_INVALID: 'its answer was damaged or too long',
};

/** A failure to reach or to hear the provider. */
export function unreachable(url: URL, error: unknown): AppError {
  if (!(error instanceof AppError))
    return answerInvalid('The identity provider was not understood.', 'transport');
  const { reason } = error.details;
  if (error.code === 'HOST_NOT_ALLOWED') {
    return new AppError(
      'HOST_NOT_ALLOWED',
      `Orgdock does not call ${url.host}: ${reason ?? 'not allowed'}.`,
      {
        nextStep: `If this provider stands in your own network, an operator can allow it: ORGDOCK_ALLOW_HOSTS=${url.origin}`,
        details: error.details,
      },
    );
  }
  const what = /CERT|TLS|SSL|SELF_SIGNED/.test(reason ?? '')
    ? 'its certificate was not accepted (TLS)'
    : (UNREACHABLE[error.code] ?? 'the connection failed');
  return new AppError('PROVIDER_UNREACHABLE', `${url.host} could not be asked: ${what}.`, {
    nextStep:
      'Try again in a minute. If it stays so, ask your administrator to press Test on the provider’s page.',
    details: { host: url.host, ...(reason ? { reason } : {}) },
  });
}
