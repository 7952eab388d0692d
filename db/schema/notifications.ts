import { index, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { connections } from './connections';
import { people } from './people';

/** What a person is told about a connection, once per occasion: in the portal, and by mail where that is set up. */
export const notifications = orgdock.table(
  'notifications',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text('kind', {
      enum: ['connection_ends_soon', 'connection_ended', 'unusual_reading', 'outside_hours'],
    }).notNull(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** The occasion, such as grant and end: the same one is told once. */
    occasion: text('occasion').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    readAt: instant('read_at'),
    mailedAt: instant('mailed_at'),
  },
  (table) => [
    unique('notifications_once').on(table.personId, table.kind, table.connectionId, table.occasion),
    index('notifications_person').on(table.personId, table.createdAt),
  ],
);
