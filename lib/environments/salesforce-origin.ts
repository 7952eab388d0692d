import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';

/** Hosts of the browser's side of an org, and the host of its API (help: My Domain URL formats). */
const API_HOST_OF: ReadonlyArray<readonly [RegExp, string]> = [
  [/\.lightning\.force\.com$/, '.my.salesforce.com'],
  [/\.my\.salesforce-setup\.com$/, '.my.salesforce.com'],
  [/\.lightning\.crmforce\.mil$/, '.my.salesforce.mil'],
  [/\.lightning\.sfcrmapps\.cn$/, '.my.sfcrmproducts.cn'],
];

/**
 * The origin for OAuth calls from whatever address of an org a person pasted: with or without scheme and
 * path, also that of a Lightning or Setup page. Throws HOST_NOT_ALLOWED or INVALID_INPUT.
 */
export function salesforceOrigin(pasted: string): string {
  const text = pasted.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) {
    throw new AppError(
      'INVALID_INPUT',
      'This is not a web address. Use one such as https://acme.my.salesforce.com.',
    );
  }
  const url = new URL(withScheme);
  for (const [pattern, replacement] of API_HOST_OF) {
    if (pattern.test(url.hostname)) url.hostname = url.hostname.replace(pattern, replacement);
  }
  // Rebuilt by hand: `origin` alone would hide a user name from the check.
  const credentials = url.username || url.password ? `${url.username}:${url.password}@` : '';
  return checkOrigin(`${url.protocol}//${credentials}${url.host}`).origin;
}
