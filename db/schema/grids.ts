import { boolean, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { environments } from './environments';
import { people } from './people';

/** A saved view of an object's grid. It belongs to an environment, so that a reconnect keeps it. */
export const gridViews = orgdock.table(
  'grid_views',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** API name, such as `Account`. */
    sobject: text('sobject').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Seen by everybody who may read records of the environment. */
    isShared: boolean('is_shared').notNull().default(false),
    /** Sort, search, filter, columns and layout: `GridViewState` of lib/records. */
    state: jsonb('state').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    updatedAt: instant('updated_at').notNull().default(databaseNow),
  },
  (table) => [index('grid_views_of_object').on(table.environmentId, table.sobject)],
);

/** What a person likes about an object's grid in an environment, and when they last opened it. */
export const gridPreferences = orgdock.table(
  'grid_preferences',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    sobject: text('sobject').notNull(),
    /** Id of a saved view or name of a ready-made one; null: all records. */
    defaultView: text('default_view'),
    /** Density, wrapping, row numbers, widths and pins: `GridLayout` of lib/records; null: as Orgdock has it. */
    layout: jsonb('layout'),
    isFavourite: boolean('is_favourite').notNull().default(false),
    lastOpenedAt: instant('last_opened_at'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.environmentId, table.sobject] })],
);
