export const DEFAULT_LOCALE = 'en-US';
export const DEFAULT_TIME_ZONE = 'UTC';

/** Languages that Salesforce still names by their old ISO 639 codes. */
const LANGUAGES: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi', no: 'nb', sh: 'sr-Latn' };

/**
 * A Salesforce locale key (`en_US`, `iw_IL`, `zh_Hant_TW`, `de_DE_EURO`) or BCP 47 tag as a BCP 47 tag that `Intl`
 * knows. Variants are dropped; what is not a locale becomes `en-US`.
 */
export function salesforceLocaleToBcp47(locale: string | null | undefined): string {
  const [language = '', ...rest] = (locale ?? '').trim().split(/[_-]/);
  const script = rest.slice(0, 1).find((part) => /^[A-Za-z]{4}$/.test(part));
  const region = rest.find((part) => /^(?:[A-Za-z]{2}|\d{3})$/.test(part));
  const tag = [LANGUAGES[language.toLowerCase()] ?? language, script, region].filter(Boolean).join('-');
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0] ?? DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}

/** An IANA time zone that `Intl` knows; anything else becomes UTC. */
export function knownTimeZone(timeZone: string | null | undefined): string {
  try {
    return timeZone
      ? new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
      : DEFAULT_TIME_ZONE;
  } catch {
    return DEFAULT_TIME_ZONE;
  }
}
