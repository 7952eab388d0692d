import { index, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from '../base';
import { connections } from '../connections';
import { environments } from '../environments';
import { people } from '../people';
import { apiKeys } from './keys';

/** A link by which somebody who has no account here grants a connection to its holder. Opened in one browser, used once. */
export const connectLinks = orgdock.table(
  'connect_links',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of the token in the link, base64url. */
    tokenHash: text('token_hash').notNull().unique(),
    /** Who will hold the connection. */
    holderId: uuid('holder_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The key that made it; null: its holder did, on a page. */
    keyId: uuid('key_id').references(() => apiKeys.id, { onDelete: 'set null' }),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** What the connection is for, in the words of whoever made the link. */
    purpose: text('purpose').notNull(),
    /** The alias that the connection gets; null: one is made. */
    alias: text('alias'),
    createdAt: instant('created_at').notNull().default(databaseNow),
    expiresAt: instant('expires_at').notNull(),
    /** SHA-256 of the cookie of the browser that opened it first, base64url; another one is refused. */
    browserHash: text('browser_hash'),
    openedAt: instant('opened_at'),
    usedAt: instant('used_at'),
    withdrawnAt: instant('withdrawn_at'),
    connectionId: uuid('connection_id').references(() => connections.id, { onDelete: 'set null' }),
  },
  (table) => [index('connect_links_holder').on(table.holderId)],
);
