const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

const DAY_MS = 86_400_000;

/** `3 January 2026 at 10:04 UTC`: evidence is written down once, for readers in any time zone. */
export function wordsOfTime(at: Date): string {
  return `${FORMAT.format(at)} UTC`;
}

/** Whole days from one instant to another. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}

/** `1 day`, `31 days`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
