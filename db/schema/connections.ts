import { boolean, index, integer, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock, sealed } from './base';
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

/**
 * Whole sentences that speak for `problem_cause`, how sure it is, and the causes that fit as well. A bare list of
 * sentences was noted before the end: it speaks for it once it comes.
 */
export interface ProblemEvidence {
  certainty: 'certain' | 'likely' | 'possible';
  sentences: string[];
  alsoPossible: string[];
}

/** One grant of one Salesforce user in one environment, held for one person or for the portal itself. */
export const connections = orgdock.table(
  'connections',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id),
    /** Null: a service connection, which the portal itself holds. */
    ownerId: uuid('owner_id').references(() => people.id),
    /** Of a service connection. */
    name: text('name'),
    /** What programs call it by: unique in its environment, kept when it is reconnected. Null: not in use as a reference. */
    alias: text('alias'),
    /** How the grant came about, and so how its access token is renewed. */
    flow: text('flow', { enum: ['authorization_code', 'jwt_bearer', 'client_credentials', 'password'] })
      .notNull()
      .default('authorization_code'),
    /** `bootstrap`: an administrator's grant that only sets up apps; it reads no records and serves no other caller. */
    purpose: text('purpose', { enum: ['runtime', 'bootstrap'] })
      .notNull()
      .default('runtime'),
    /** A service connection that every member may read through; else `connection_shares` says who. */
    sharedWithEveryone: boolean('shared_with_everyone').notNull().default(false),
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
    /** When the current grant was consented to; an absolute limit counts from here. */
    consentedAt: instant('consented_at').notNull().default(databaseNow),
    /** When the current token pair was received; an idle limit counts from here. */
    retrievedAt: instant('retrieved_at').notNull().default(databaseNow),
    lastUsedAt: instant('last_used_at'),
    /** The person; no foreign key, because custody outlives people. */
    lastUsedBy: uuid('last_used_by'),
    /** Whether it is refreshed before its idle limit although nobody uses it. */
    keepAlive: boolean('keep_alive').notNull().default(true),

    /** Which consent; new with every consent and every disconnect. */
    grantId: uuid('grant_id').notNull(),
    /** Which token pair; +1 with every stored pair, never reset. */
    generation: integer('generation').notNull().default(1),
    state: connectionState('state').notNull().default('idle'),
    /** Which claim; +1 with every claim. */
    fence: integer('fence').notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    /** While `uncertain`: when the request whose answer is missing may have been sent at the latest. */
    uncertainSince: instant('uncertain_since'),
    /** Who is settling `uncertain`; apart from the lease, because the fence must not move. */
    settleOwner: text('settle_owner'),
    settleUntil: instant('settle_until'),
    /** Why the refresh token must be introspected before it is spent (a restored database); null: it need not. */
    verifyFirst: text('verify_first'),

    revocation: revocation('revocation').notNull().default('none'),
    disconnectedAt: instant('disconnected_at'),
    revocationTries: integer('revocation_tries').notNull().default(0),
    /** When an unconfirmed revocation is tried again. */
    revocationNextAt: instant('revocation_next_at'),

    /** Why it is not healthy, with Salesforce's own words. */
    problemCode: text('problem_code'),
    problemError: text('problem_error'),
    problemDescription: text('problem_description'),
    problemStatus: integer('problem_status'),
    problemAt: instant('problem_at'),
    /** Which of the known ways a grant ended, and what speaks for it (`lib/connections/cause`). */
    problemCause: text('problem_cause'),
    problemEvidence: jsonb('problem_evidence').$type<ProblemEvidence | string[]>(),
  },
  (table) => [
    unique('connections_one_per_owner_and_user').on(
      table.environmentId,
      table.ownerId,
      table.orgId,
      table.salesforceUserId,
      table.purpose,
    ),
    index('connections_owner').on(table.ownerId),
    unique('connections_alias').on(table.environmentId, table.alias),
    // The grant ledger: Salesforce keeps five grants per user and app.
    index('connections_ledger').on(table.orgId, table.salesforceUserId, table.clientId),
    // The sweeps.
    index('connections_state').on(table.state, table.retrievedAt),
  ],
);

/** The sealed grant, apart from the rows that pages read. */
export const connectionSecrets = orgdock.table('connection_secrets', {
  connectionId: uuid('connection_id')
    .primaryKey()
    .references(() => connections.id, { onDelete: 'cascade' }),
  accessToken: sealed('access_token').notNull(),
  /** Null: a flow without refresh tokens, whose credentials are in `service_credentials`. */
  refreshToken: sealed('refresh_token'),
});

/** What a service connection proves itself with; client credentials need none. */
export const serviceCredentials = orgdock.table('service_credentials', {
  connectionId: uuid('connection_id')
    .primaryKey()
    .references(() => connections.id, { onDelete: 'cascade' }),
  username: text('username').notNull(),
  /** Private key (PKCS #8 PEM) of the JWT bearer flow, or password with security token of the legacy flow. */
  secret: sealed('secret').notNull(),
  /** SHA-256 of the certificate that belongs to the private key. */
  certificateFingerprint: text('certificate_fingerprint'),
  updatedAt: instant('updated_at').notNull().default(databaseNow),
});

/** Members who may read through a service connection. */
export const connectionShares = orgdock.table(
  'connection_shares',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().default(databaseNow),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.personId] })],
);

/** Every time a refresh token left us, and the outcome; never a token. Kept 90 days. */
export const refreshAttempts = orgdock.table(
  'refresh_attempts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: ['refresh', 'revoke', 'introspect'] }).notNull(),
    /** What asked for it. */
    trigger: text('trigger', {
      enum: [
        'expired',
        'keep_alive',
        'settle',
        'verify',
        'disconnect',
        'retry',
        'superseded',
        'refused',
        'everything',
      ],
    }),
    grantId: uuid('grant_id').notNull(),
    /** The generation that the attempt spends. */
    generation: integer('generation').notNull(),
    fence: integer('fence').notNull(),
    leaseOwner: text('lease_owner').notNull(),
    claimedAt: instant('claimed_at').notNull().default(databaseNow),
    finishedAt: instant('finished_at'),
    outcome: text('outcome', {
      enum: [
        'landed',
        'unsent',
        'retry_later',
        'refused',
        'app_fault',
        'uncertain',
        'revoked',
        'late',
        // Of an introspection, and of an uncertain refresh that one has settled.
        'active',
        'inactive',
        'unconsumed',
      ],
    }),
    httpStatus: integer('http_status'),
    error: text('error'),
    errorDescription: text('error_description'),
  },
  (table) => [index('refresh_attempts_connection').on(table.connectionId, table.claimedAt)],
);

/**
 * Grants that no connection holds any more but that Salesforce may still count: superseded, refused after consent,
 * landed too late. Revoked by a job until the org confirms.
 */
export const strayGrants = orgdock.table(
  'stray_grants',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Where it came from; no foreign key, a refused grant never had a row. */
    connectionId: text('connection_id').notNull(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id),
    grantId: uuid('grant_id').notNull(),
    generation: integer('generation').notNull(),
    orgId: text('org_id'),
    salesforceUserId: text('salesforce_user_id'),
    tokenHost: text('token_host').notNull(),
    clientId: text('client_id').notNull(),
    /** Deleted with the row's end. */
    token: sealed('token'),
    why: text('why').notNull(),
    createdAt: instant('created_at').notNull().default(databaseNow),
    tries: integer('tries').notNull().default(0),
    leaseUntil: instant('lease_until'),
    nextAt: instant('next_at').notNull().default(databaseNow),
    finishedAt: instant('finished_at'),
    outcome: text('outcome', { enum: ['confirmed', 'gave_up'] }),
    error: text('error'),
    errorDescription: text('error_description'),
    httpStatus: integer('http_status'),
  },
  (table) => [index('stray_grants_open').on(table.finishedAt, table.nextAt)],
);
