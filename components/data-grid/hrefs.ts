import type { GridWindow } from '@/lib/records/types';

/** The record of a row in Salesforce's own interface. */
export function recordHref(window: GridWindow, row: number): string {
  const id = window.ids[row] ?? '';
  return `${window.instanceUrl}/lightning/r/${window.sobject}/${encodeURIComponent(id)}/view`;
}

/** Another record by its id alone: Salesforce knows the object from the key prefix. */
export function referenceHref(window: GridWindow, id: string): string {
  return `${window.instanceUrl}/${encodeURIComponent(id)}`;
}

/** An address that somebody typed into a record. Only http and https become links; null: leave it as text. */
export function externalHref(value: string): string | null {
  const text = value.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^https?:\/\//i.test(text) && !/^[^/:]+:\d+/.test(text))
    return null;
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `http://${text}`);
    return url.hostname.includes('.') ? url.href : null;
  } catch {
    return null;
  }
}
