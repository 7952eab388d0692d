const NEXT_RECORDS_URL = /^\/services\/data\/v\d{2,3}\.\d\/query(?:All)?\/([A-Za-z0-9]{15,40})-(\d{1,9})$/;
const LOCATOR = /^[A-Za-z0-9]{15,40}$/;

/**
 * The locator and row offset in `nextRecordsUrl`; null unless it is a path of exactly the known shape, so that an answer
 * can never lead a later request elsewhere.
 */
export function parseNextRecordsUrl(path: string): { locator: string; offset: number } | null {
  const match = NEXT_RECORDS_URL.exec(path);
  return match?.[1] && match[2] ? { locator: match[1], offset: Number(match[2]) } : null;
}

/** The locator of the page that starts at a row (from 0), such as `0r8xx5R2yF2gs3VASQ-2000`. Throws `TypeError`. */
export function locatorAt(locator: string, offset: number): string {
  if (!LOCATOR.test(locator) || !Number.isSafeInteger(offset) || offset < 0) {
    throw new TypeError('not a query locator and row offset');
  }
  return `${locator}-${offset}`;
}

/** An open list: its locator, and the row of the whole list at which it begins. */
export interface OpenList {
  locator: string;
  base: number;
}

const LIST = /^([A-Za-z0-9]{15,40})(?:@(\d{1,8}))?$/;

/** Reads `<locator>` or `<locator>@<base>`; null for anything else. */
export function parseList(text: string): OpenList | null {
  const match = LIST.exec(text);
  return match?.[1] ? { locator: match[1], base: Number(match[2] ?? 0) } : null;
}

/** Writes what `parseList` reads. */
export function formatList({ locator, base }: OpenList): string {
  return base === 0 ? locator : `${locator}@${base}`;
}
