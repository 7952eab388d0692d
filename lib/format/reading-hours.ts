/** When reading is expected. Days are ISO weekdays (1 is Monday), times `HH:MM`, the zone IANA. */
interface Hours {
  days: readonly number[];
  from: string;
  to: string;
  timeZone: string;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon to Fri, 08:00 to 18:00 (Europe/Berlin)`. */
export function hoursInWords({ days, from, to, timeZone }: Hours): string {
  const time = from === to ? `all day from ${from}` : `${from} to ${to}${to < from ? ' the next day' : ''}`;
  return `${daysInWords(days)}, ${time} (${timeZone})`;
}

/** Three days or more in a row are a span. */
function daysInWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((one, other) => one - other);
  if (sorted.length === 7) return 'every day';
  const spans: number[][] = [];
  for (const day of sorted) {
    const last = spans.at(-1);
    if (last && last.at(-1) === day - 1) last.push(day);
    else spans.push([day]);
  }
  const name = (day: number | undefined) => DAYS[(day ?? 0) - 1] ?? '';
  return spans
    .flatMap((span) => (span.length > 2 ? [`${name(span[0])} to ${name(span.at(-1))}`] : span.map(name)))
    .join(', ');
}
