import type { SalesforceFault } from '@/lib/errors';
import { redactTokens } from '@/lib/log';

/**
 * Salesforce's words, cut, and without control characters (PostgreSQL stores no NUL), anything that looks like a token
 * or equals one of `secrets`.
 */
export function makeFault(
  words: { error: string; description?: string | null; status: number | null },
  secrets: ReadonlyArray<string | null> = [],
): SalesforceFault {
  const known = secrets.filter((secret): secret is string => secret !== null && secret.length >= 6);
  const clean = (text: string) =>
    redactTokens(known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)).replace(
      /\p{Cc}/gu,
      ' ',
    );
  const description = words.description?.trim();
  return {
    error: clean(words.error).slice(0, 100),
    description: description ? clean(description).slice(0, 500) : null,
    status: words.status,
  };
}
