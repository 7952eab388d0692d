import { isFieldPath } from './identifier';
import type { SortKey } from './types';

/** More keys than anybody reads; Salesforce itself takes 32. */
const MAX_KEYS = 5;

/** Reads `-AnnualRevenue,Name`. What is no field path is left out, as is a field's second mention. */
export function parseSort(text: string): SortKey[] {
  const keys = new Map<string, SortKey>();
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    const descending = trimmed.startsWith('-');
    const field = descending ? trimmed.slice(1) : trimmed;
    if (isFieldPath(field) && !keys.has(field)) keys.set(field, { field, descending });
  }
  return [...keys.values()].slice(0, MAX_KEYS);
}

/** Writes what `parseSort` reads. */
export function formatSort(keys: readonly SortKey[]): string {
  return keys.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',');
}
