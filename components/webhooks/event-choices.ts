import type { WebhookEvent } from '@/lib/notify/webhooks/types';

/** What receivers can be told of, and when it happens. */
const WHEN: Record<WebhookEvent, string> = {
  'connection.created': 'A connection was made, or somebody gave their consent to it again.',
  'connection.needs_attention': 'A connection serves no calls until somebody reconnects it.',
  'connection.revoked': 'Salesforce has confirmed that a connection’s grant has ended.',
  'refresh.failed': 'An access token could not be renewed. It may work again by itself.',
  'app.blocked': 'An org refuses the app of an environment, for everybody or for one user.',
  'budget.low': 'Less than a fifth of an org’s API calls of the day is left.',
  'breach.started': 'An administrator has declared a breach: grants are being revoked.',
};

export const EVENT_CHOICES = (Object.keys(WHEN) as WebhookEvent[]).map((name) => ({
  name,
  description: WHEN[name],
}));
