/** What receivers can be told of; components/webhooks says when each happens. */
export const WEBHOOK_EVENTS = [
  'connection.created',
  'connection.needs_attention',
  'connection.revoked',
  'refresh.failed',
  'app.blocked',
  'budget.low',
  'breach.started',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent on request only, to see whether a receiver works. */
export const TEST_EVENT = 'webhook.test';

/** The JSON that is signed and sent: Standard Webhooks, "Payload structure". */
export interface WebhookPayload {
  type: WebhookEvent | typeof TEST_EVENT;
  /** ISO instant of the event, not of the delivery. */
  timestamp: string;
  data: Record<string, unknown>;
}

export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  /** Null: of all environments. */
  environment: { id: string; name: string } | null;
  enabled: boolean;
  /** Why the portal switched it off. */
  disabledReason: string | null;
  createdAt: string;
  /** How the last deliveries of the past day went. */
  today: { delivered: number; waiting: number; failed: number };
}

export interface WebhookTry {
  id: number;
  at: string;
  /** HTTP status; null: no answer came. */
  status: number | null;
  milliseconds: number;
  answer: string;
}

export interface WebhookDelivery {
  id: string;
  eventId: string;
  event: string;
  payload: string;
  createdAt: string;
  state: 'waiting' | 'delivered' | 'failed';
  nextAt: string | null;
  tries: WebhookTry[];
}

export interface DeliveryPage {
  deliveries: WebhookDelivery[];
  /** ISO instant before which the next page begins; null: this is the last. */
  next: string | null;
}
