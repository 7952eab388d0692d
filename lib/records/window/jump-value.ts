import type { GridJump } from '@/lib/records/types';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** What a jump compares with: a day in a column of date and time is its first instant in the reader's zone, or its last. */
export function jumpValue(value: string, { kind, descending }: GridJump, timeZone: string): string {
  if (kind !== 'dateTime' || !DAY.test(value)) return value;
  const midnight = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(midnight)) return value;
  const start = midnight - offsetAt(midnight, timeZone);
  return new Date(descending ? start + DAY_MS - 1_000 : start).toISOString();
}

/** Milliseconds by which the zone's clocks are ahead of UTC around an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const guess = (at: number) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  return guess(instant - guess(instant));
}
