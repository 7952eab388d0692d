/** How a reader wants instants shown; explicit, so that server and browser never differ. */
export interface Viewer {
  /** BCP 47. */
  locale: string;
  /** IANA. */
  timeZone: string;
  /** ISO instant that relative times count from. */
  now: string;
}

const STEPS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `5 minutes ago`, `in 9 minutes`, `just now`. The interface is English, so these words are. */
export function relativeWords(iso: string, now: string): string {
  const seconds = (Date.parse(iso) - Date.parse(now)) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) {
      return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
    }
  }
  return 'just now';
}

/** `6 Mar 2026, 10:04 UTC` in the reader's locale and zone. */
export function absoluteWords(
  iso: string,
  { locale, timeZone }: Pick<Viewer, 'locale' | 'timeZone'>,
): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(iso));
}

/** `10:04` in the reader's locale and zone: for what happens within the hour. */
export function timeWords(iso: string, { locale, timeZone }: Pick<Viewer, 'locale' | 'timeZone'>): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(iso),
  );
}

/** An instant, relative with the exact time on hover, or exact. For server components. */
export function Instant({ iso, viewer, exact = false }: { iso: string; viewer: Viewer; exact?: boolean }) {
  const absolute = absoluteWords(iso, viewer);
  return (
    <time dateTime={iso} title={exact ? undefined : absolute}>
      {exact ? absolute : relativeWords(iso, viewer.now)}
    </time>
  );
}
