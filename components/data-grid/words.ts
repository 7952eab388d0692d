import { formatNumber } from '@/lib/format/numbers';
import type { GridWindow, ReadCost } from '@/lib/records/types';

/** `5,000 accounts`. Labels come in the user's language: only English ones lose their capital. */
export function totalInWords(
  total: number,
  { label, labelPlural, locale }: Pick<GridWindow, 'label' | 'labelPlural' | 'locale'>,
): string {
  const name = total === 1 ? label : labelPlural;
  return `${count(total, locale)} ${labelInText(name, locale)}`;
}

/** An object's label inside a sentence. */
export function labelInText(label: string, locale: string): string {
  return locale.toLowerCase().startsWith('en') ? label.toLowerCase() : label;
}

/** `Rows 201–236 of 5,000`. `first` and `last` count from 1. */
export function rangeInWords(first: number, last: number, total: number, locale: string): string {
  return `Rows ${count(first, locale)}–${count(last, locale)} of ${count(total, locale)}`;
}

/** `3 API calls · 1,204 of 15,000 used today`; without the budget when nobody knows it. */
export function costInWords({ calls, budget }: Pick<ReadCost, 'calls' | 'budget'>, locale: string): string {
  const words = calls === 1 ? '1 API call' : `${count(calls, locale)} API calls`;
  if (!budget) return words;
  return `${words} · ${count(budget.used, locale)} of ${count(budget.max, locale)} used today`;
}

/** A whole number in the reader's locale. */
export function count(value: number, locale: string): string {
  return formatNumber(value, { locale, scale: 0 });
}
