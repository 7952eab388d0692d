import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { environments } from './environments';
import { people } from './people';

export const connectionState = orgdock.enum('connection_state', [
  'idle',
  'refreshing',
  'uncertain',
  'needs_reconnect',
  'disconnecting',
  'disconnected',
]);

export const revocation = orgdock.enum('revocation', ['none', 'pending', 'confirmed', 'unconfirmed']);

/** One grant of one Salesforce user in one environment, held for one person. */
export const connections = orgdock.table(
  'connections',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    /** 18-character ids. */
    orgId: text('org_id').notNull(),
    orgName: text('org_name'),
    salesforceUserId: text('salesforce_user_id').notNull(),
    username: text('username').notNull(),
    userDisplayName: text('user_display_name').notNull(),
    /** Salesforce's form, such as `en_US`, and IANA zone, from userinfo. */
    locale: text('locale'),
    timeZone: text('time_zone'),
    /** ISO 4217 code of a single-currency org; null when the org is multi-currency or did not tell. */
    defaultCurrency: text('default_currency'),
    instanceUrl: text('instance_url').notNull(),
    /** The app that the grant belongs to: nothing of another app's goes to this host. */
    tokenHost: text('token_host').notNull(),
    clientId: text('client_id').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    /** When the current token pair was received. */
    retrievedAt: instant('retrieved_at').notNull().default(databaseNow),
    lastUsedAt: instant('last_used_at'),

    /** Which consent; new with every consent and every disconnect. */
    grantId: uuid('grant_id').notNull(),
    /** Which token pair; +1 with every stored pair, never reset. */
    generation: integer('generation').notNull().default(1),
    state: connectionState('state').notNull().default('idle'),
    /** Which claim; +1 with every claim. */
    fence: integer('fence').notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),

    revocation: revocation('revocation').notNull().default('none'),
    disconnectedAt: instant('disconnected_at'),

    /** Why it is not healthy, with Salesforce's own words. */
    problemCode: text('problem_code'),
    problemError: text('problem_error'),
    problemDescription: text('problem_description'),
    problemStatus: integer('problem_status'),
    problemAt: instant('problem_at'),
  },
  (table) => [
    unique('connections_one_per_owner_and_user').on(
      table.environmentId,
      table.ownerId,
      table.orgId,
      table.salesforceUserId,
    ),
    index('connections_owner').on(table.ownerId),
  ],
);

/** The sealed grant, apart from the rows that pages read. */
export const connectionSecrets = orgdock.table('connection_secrets', {
  connectionId: uuid('connection_id')
    .primaryKey()
    .references(() => connections.id, { onDelete: 'cascade' }),
  accessToken: text('access_token').notNull(),
  refreshToken: text('refresh_token').notNull(),
});

/** Every spend of a refresh token and its outcome; never a token. */
export const refreshAttempts = orgdock.table(
  'refresh_attempts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: ['refresh', 'revoke'] }).notNull(),
    grantId: uuid('grant_id').notNull(),
    /** The generation that the attempt spends. */
    generation: integer('generation').notNull(),
    fence: integer('fence').notNull(),
    leaseOwner: text('lease_owner').notNull(),
    claimedAt: instant('claimed_at').notNull().default(databaseNow),
    finishedAt: instant('finished_at'),
    outcome: text('outcome', {
      enum: ['landed', 'unsent', 'retry_later', 'refused', 'app_fault', 'uncertain', 'revoked', 'late'],
    }),
    httpStatus: integer('http_status'),
    error: text('error'),
    errorDescription: text('error_description'),
  },
  (table) => [index('refresh_attempts_connection').on(table.connectionId, table.claimedAt)],
);
