const DAY = 86_400_000;

/** The instants at which a calendar day (`2026-03-08`) starts and ends in a zone (IANA); null when it is no day. */
export function dayBounds(day: string, timeZone: string): { start: Date; end: Date } | null {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (!isDay(day)) return null;
  return { start: startOfDay(midnight, timeZone), end: startOfDay(midnight + DAY, timeZone) };
}

/** Whether a text is a day of the calendar that Salesforce takes: years 1700 to 4000. */
export function isDay(text: string): boolean {
  if (!/^(?:1[7-9]|2\d|3\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** Where clocks skip midnight, the day starts with the first moment that there is. */
function startOfDay(midnight: number, timeZone: string): Date {
  const read = wallClock(timeZone);
  const candidates = [midnight - DAY / 2, midnight + DAY / 2].map((near) => midnight - (read(near) - near));
  const exact = candidates.filter((instant) => read(instant) === midnight);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

/** The local time of an instant, as if it were UTC. */
function wallClock(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  };
}
