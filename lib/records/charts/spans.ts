/** A month or quarter. Days are `YYYY-MM-DD`, both in it. */
export interface Span {
  year: number;
  /** From 1: of the month, or of the quarter. */
  number: number;
  first: string;
  last: string;
}

/** The months from `before` months before the day's to `after` behind it. */
export function monthsAround(day: string, before: number, after: number): Span[] {
  return spansAround(day, { before, after, months: 1 });
}

/** The quarter of the day, behind the `before` ones before it. */
export function quartersUntil(day: string, before: number): Span[] {
  return spansAround(day, { before, after: 0, months: 3 });
}

export function monthLabel({ first }: Span, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${first}T00:00:00Z`),
  );
}

/** The calendar day of an instant in an IANA zone. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);
}

function spansAround(
  day: string,
  { before, after, months }: { before: number; after: number; months: number },
): Span[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const start = Math.floor((month - 1) / months);
  return Array.from({ length: before + 1 + after }, (_, index) => {
    const from = (start - before + index) * months;
    const first = new Date(Date.UTC(year, from, 1));
    const last = new Date(Date.UTC(year, from + months, 0));
    return {
      year: first.getUTCFullYear(),
      number: Math.floor(first.getUTCMonth() / months) + 1,
      first: first.toISOString().slice(0, 10),
      last: last.toISOString().slice(0, 10),
    };
  });
}
