import type { UsageBucket, UsageRange } from '@/lib/broker/usage/types';
import { formatNumber } from '@/lib/format/numbers';

export const RANGE_WORDS: Record<UsageRange, string> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
};

export interface UsageSeries {
  name: 'succeeded' | 'refusals' | 'errors' | 'rows' | 'p50' | 'p95';
  label: string;
}

/** What is drawn over time: each picture has its lines or columns, and a table with the same. */
export const USAGE_CHARTS: ReadonlyArray<{
  title: string;
  shape: 'columns' | 'lines';
  unit: string;
  series: readonly UsageSeries[];
}> = [
  {
    title: 'Calls',
    shape: 'columns',
    unit: '',
    series: [
      { name: 'succeeded', label: 'Answered' },
      { name: 'refusals', label: 'Refused' },
      { name: 'errors', label: 'Errors' },
    ],
  },
  { title: 'Rows', shape: 'columns', unit: '', series: [{ name: 'rows', label: 'Rows' }] },
  {
    title: 'Time per call',
    shape: 'lines',
    unit: ' ms',
    series: [
      { name: 'p50', label: 'Median' },
      { name: 'p95', label: '95th percentile' },
    ],
  },
];

/** A value of a point; null: nothing was called then, so there is no time. */
export function pointValue(point: UsageBucket, name: UsageSeries['name']): number | null {
  return name === 'succeeded' ? point.calls - point.errors - point.refusals : point[name];
}

/** `27 Nov, 10:00`, or the day alone where a bucket is one (UTC). */
export function stepWords(at: string, bucketMinutes: number, locale: string): string {
  const isDay = bucketMinutes >= 1_440;
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(isDay ? {} : ({ hour: '2-digit', minute: '2-digit' } as const)),
    timeZone: 'UTC',
  }).format(new Date(at));
}

export function countWords(value: number | null, unit: string, locale: string): string {
  return value === null ? '–' : `${formatNumber(value, { locale, scale: 0 })}${unit}`;
}
