import { formatNumber } from '@/lib/format/numbers';
import type { GridWindow } from '@/lib/records/types';

/** `5,000 accounts`. Labels come in the user's language: only English ones lose their capital. */
export function totalInWords(window: Pick<GridWindow, 'total' | 'label' | 'labelPlural' | 'locale'>): string {
  const label = window.total === 1 ? window.label : window.labelPlural;
  const word = window.locale.toLowerCase().startsWith('en') ? label.toLowerCase() : label;
  return `${count(window.total, window.locale)} ${word}`;
}

/** How many pages a window's query has; an empty one has one. */
export function pageCount(window: Pick<GridWindow, 'total' | 'pageSize'>): number {
  return Math.max(1, Math.ceil(window.total / window.pageSize));
}

/** `1–200 of 5,000`. */
export function rangeInWords(
  window: Pick<GridWindow, 'total' | 'pageSize' | 'locale' | 'state' | 'ids'>,
): string {
  const first = (window.state.page - 1) * window.pageSize + 1;
  const last = first + window.ids.length - 1;
  const number = (value: number) => count(value, window.locale);
  return `${number(first)}–${number(last)} of ${number(window.total)}`;
}

/** `1 API call · 14,882 left today`; null when nothing is known. */
export function costInWords(window: Pick<GridWindow, 'calls' | 'budget' | 'locale'>): string {
  const calls = window.calls === 1 ? '1 API call' : `${count(window.calls, window.locale)} API calls`;
  if (!window.budget) return calls;
  const left = Math.max(0, window.budget.max - window.budget.used);
  return `${calls} · ${count(left, window.locale)} left today`;
}

/** A whole number in the reader's locale. */
export function count(value: number, locale: string): string {
  return formatNumber(value, { locale, scale: 0 });
}
