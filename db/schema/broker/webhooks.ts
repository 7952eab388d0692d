import { bigint, boolean, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock, sealed } from '../base';
import { environments } from '../environments';

/** Where events are sent to. */
export const webhookEndpoints = orgdock.table('webhook_endpoints', {
  id: uuid('id').primaryKey().defaultRandom(),
  url: text('url').notNull(),
  description: text('description').notNull().default(''),
  /** Names of `WEBHOOK_EVENTS`. */
  events: text('events').array().notNull(),
  /** Null: of all environments. */
  environmentId: uuid('environment_id').references(() => environments.id, { onDelete: 'cascade' }),
  enabled: boolean('enabled').notNull().default(true),
  /** Why the portal switched it off. */
  disabledReason: text('disabled_reason'),
  createdAt: instant('created_at').notNull().default(databaseNow),
  createdBy: uuid('created_by').notNull(),
});

/** The signing secrets of an endpoint (Standard Webhooks, `whsec_…`), apart from the rows that pages read. */
export const webhookSecrets = orgdock.table('webhook_secrets', {
  endpointId: uuid('endpoint_id')
    .primaryKey()
    .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
  secret: sealed('secret').notNull(),
  /** Signs as well until `previousUntil`, while receivers change over. */
  previousSecret: sealed('previous_secret'),
  previousUntil: instant('previous_until'),
});

/** One event on its way to one endpoint. Kept 30 days. */
export const webhookDeliveries = orgdock.table(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    /** `webhook-id`: the same for each try and each replay of one event. */
    eventId: text('event_id').notNull(),
    event: text('event').notNull(),
    /** The JSON that is signed and sent, byte for byte. */
    payload: text('payload').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    state: text('state', { enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    tries: integer('tries').notNull().default(0),
    nextAt: instant('next_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_once').on(table.endpointId, table.eventId),
    index('webhook_deliveries_age').on(table.createdAt),
  ],
);

/** Each try of a delivery. */
export const webhookTries = orgdock.table(
  'webhook_tries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    at: instant('at').notNull().default(databaseNow),
    /** HTTP status; null: no answer came. */
    status: integer('status'),
    milliseconds: integer('milliseconds').notNull(),
    /** The beginning of the answer, or why none came. */
    answer: text('answer').notNull().default(''),
  },
  (table) => [index('webhook_tries_delivery').on(table.deliveryId)],
);
