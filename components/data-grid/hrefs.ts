import type { GridWindow } from '@/lib/records/types';

/** A record's page in the portal. */
export function recordPath({ connectionId }: Pick<GridWindow, 'connectionId'>, id: string): string {
  return `/connections/${connectionId}/records/${encodeURIComponent(id)}`;
}

/** A record in Salesforce's own interface, which knows the object from the id's key prefix. */
export function salesforceHref({ instanceUrl }: Pick<GridWindow, 'instanceUrl'>, id: string): string {
  return `${instanceUrl}/${encodeURIComponent(id)}`;
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
