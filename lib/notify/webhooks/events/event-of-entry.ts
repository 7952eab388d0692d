import type { WebhookEvent } from '@/lib/notify/webhooks/types';

/** What of an audit entry decides whether it is an event. */
export interface Entry {
  action: string;
  outcome: 'done' | 'denied' | 'failed';
  details: Record<string, unknown>;
}

/** Outcomes of a refresh after which nobody but a person can help. */
const ENDS = new Set(['refused', 'consumed']);
const APP_CODES = new Set([
  'APP_BLOCKED',
  'APP_NOT_INSTALLED',
  'APP_USER_NOT_APPROVED',
  'APP_SECRET_INVALID',
  'APP_CLIENT_ID_INVALID',
]);

/**
 * The events that an entry of the audit log stands for; mostly none. The log is written in the transaction of each act, so an
 * event is neither lost nor made up, and no part of the portal needs to know of webhooks.
 */
export function eventsOfEntry({ action, outcome, details }: Entry): WebhookEvent[] {
  switch (action) {
    case 'connection.connect':
    case 'connection.reconnect':
    case 'service_connection.create':
    case 'service_connection.renew':
      return details.purpose === 'bootstrap' ? [] : ['connection.created'];
    case 'token.refresh':
      return outcome === 'failed' ? afterRefresh(String(details.result)) : [];
    case 'token.settle':
      return outcome === 'failed' ? ['connection.needs_attention'] : [];
    case 'connection.evicted':
      return details.certain === true ? ['connection.needs_attention'] : [];
    case 'token.revoke':
      // A grant that no connection holds is none that a program has seen.
      return outcome === 'done' && details.strayId === undefined ? ['connection.revoked'] : [];
    case 'consent.refused':
      return APP_CODES.has(String(details.code)) ? ['app.blocked'] : [];
    case 'breach.start':
      return ['breach.started'];
    default:
      return [];
  }
}

function afterRefresh(result: string): WebhookEvent[] {
  if (result === 'app_fault') return ['refresh.failed', 'app.blocked'];
  return ENDS.has(result) ? ['refresh.failed', 'connection.needs_attention'] : ['refresh.failed'];
}
