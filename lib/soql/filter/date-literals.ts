/** Salesforce's names for spans of days, in the order in which people look for them. */
export const DATE_LITERALS = {
  TODAY: 'today',
  YESTERDAY: 'yesterday',
  TOMORROW: 'tomorrow',
  THIS_WEEK: 'this week',
  LAST_WEEK: 'last week',
  NEXT_WEEK: 'next week',
  THIS_MONTH: 'this month',
  LAST_MONTH: 'last month',
  NEXT_MONTH: 'next month',
  THIS_QUARTER: 'this quarter',
  LAST_QUARTER: 'last quarter',
  NEXT_QUARTER: 'next quarter',
  THIS_YEAR: 'this year',
  LAST_YEAR: 'last year',
  NEXT_YEAR: 'next year',
  THIS_FISCAL_QUARTER: 'this fiscal quarter',
  LAST_FISCAL_QUARTER: 'last fiscal quarter',
  NEXT_FISCAL_QUARTER: 'next fiscal quarter',
  THIS_FISCAL_YEAR: 'this fiscal year',
  LAST_FISCAL_YEAR: 'last fiscal year',
  NEXT_FISCAL_YEAR: 'next fiscal year',
  LAST_90_DAYS: 'the last 90 days',
  NEXT_90_DAYS: 'the next 90 days',
} as const;

const UNITS = {
  DAYS: 'day',
  WEEKS: 'week',
  MONTHS: 'month',
  QUARTERS: 'quarter',
  YEARS: 'year',
  FISCAL_QUARTERS: 'fiscal quarter',
  FISCAL_YEARS: 'fiscal year',
} as const;

type Unit = keyof typeof UNITS;

/** Spans that take a number, such as `LAST_N_DAYS:30`. Source: "Date Formats and Date Literals in WHERE". */
export const COUNTED_LITERALS: Readonly<Record<string, (count: number) => string>> = Object.fromEntries(
  (Object.keys(UNITS) as Unit[]).flatMap((unit) => [
    [`LAST_N_${unit}`, (count: number) => `the last ${counted(count, unit)}`],
    [`NEXT_N_${unit}`, (count: number) => `the next ${counted(count, unit)}`],
    [`N_${unit}_AGO`, (count: number) => `${counted(count, unit)} ago`],
  ]),
);

export interface DateLiteral {
  name: string;
  /** From 1 to 9,999; null for a name that takes none. */
  count: number | null;
}

/** Reads `TODAY` or `LAST_N_DAYS:30`; null for whatever Salesforce would not know. */
export function parseDateLiteral(text: string): DateLiteral | null {
  if (Object.hasOwn(DATE_LITERALS, text)) return { name: text, count: null };
  const match = /^([A-Z_]{1,30}):([1-9]\d{0,3})$/.exec(text);
  if (!match?.[1] || !Object.hasOwn(COUNTED_LITERALS, match[1])) return null;
  return { name: match[1], count: Number(match[2]) };
}

/** Writes what `parseDateLiteral` reads. */
export function formatDateLiteral({ name, count }: DateLiteral): string {
  return count === null ? name : `${name}:${count}`;
}

/** Such as “the last 30 days”; null for what is no date literal. */
export function dateLiteralWords(text: string): string | null {
  const literal = parseDateLiteral(text);
  if (literal === null) return null;
  if (literal.count !== null) return COUNTED_LITERALS[literal.name]?.(literal.count) ?? null;
  return DATE_LITERALS[literal.name as keyof typeof DATE_LITERALS];
}

function counted(count: number, unit: Unit): string {
  return count === 1 ? `1 ${UNITS[unit]}` : `${count} ${UNITS[unit]}s`;
}
