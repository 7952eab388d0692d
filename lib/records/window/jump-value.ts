import type { GridJump } from '@/lib/records/types';
import { dayBounds } from '@/lib/soql/filter/day-bounds';

/** What a jump compares with: a day in a column of date and time is its first instant in the reader's zone, or its last. */
export function jumpValue(value: string, { kind, descending }: GridJump, timeZone: string): string {
  const day = kind === 'dateTime' ? dayBounds(value, timeZone) : null;
  if (day === null) return value;
  return (descending ? new Date(day.end.getTime() - 1) : day.start).toISOString();
}
