import { boolean, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { identityProviders } from './access';
import { databaseNow, instant, orgdock, sealed } from './base';
import { connectLinks } from './broker/links';
import { connections } from './connections';
import { environments } from './environments';
import { invitations, people } from './people';

export const consentIntent = orgdock.enum('consent_intent', ['sign_in', 'connect', 'setup']);

/** One consent under way: one use, one browser, one environment, ten minutes. */
export const consentAttempts = orgdock.table(
  'consent_attempts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of `state`, base64url. */
    stateHash: text('state_hash').notNull().unique(),
    /** SHA-256 of the browser's attempt cookie, base64url. */
    browserHash: text('browser_hash').notNull(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** An invitation whose link was opened in this browser. */
    invitationId: uuid('invitation_id').references(() => invitations.id, { onDelete: 'cascade' }),
    /** A connect link that was opened in this browser: its holder gets the connection, and nobody is signed in. */
    connectLinkId: uuid('connect_link_id').references(() => connectLinks.id, { onDelete: 'cascade' }),
    /** The app that the person was sent to: code and verifier go back to no other. */
    tokenHost: text('token_host').notNull(),
    clientId: text('client_id').notNull(),
    intent: consentIntent('intent').notNull(),
    /** What a grant that is connected will be for. */
    purpose: text('purpose', { enum: ['runtime', 'bootstrap'] })
      .notNull()
      .default('runtime'),
    /** Who connects; null while nobody is signed in. */
    personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
    sessionId: uuid('session_id'),
    /** Set when a connection is renewed: the same Salesforce user must come back. */
    reconnects: uuid('reconnects').references(() => connections.id, { onDelete: 'cascade' }),
    codeVerifier: sealed('code_verifier').notNull(),
    nonce: text('nonce'),
    callbackPath: text('callback_path').notNull(),
    /** A fresh sign-in was asked for (`prompt=login`). */
    fresh: boolean('fresh').notNull().default(false),
    createdAt: instant('created_at').notNull().default(databaseNow),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('consent_attempts_person').on(table.personId)],
);

/** One sign-in through an identity provider under way: one use, one browser, ten minutes. */
export const providerAttempts = orgdock.table('provider_attempts', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** SHA-256 of `state`, base64url. */
  stateHash: text('state_hash').notNull().unique(),
  /** SHA-256 of the browser's attempt cookie, base64url. */
  browserHash: text('browser_hash').notNull(),
  identityProviderId: uuid('identity_provider_id')
    .notNull()
    .references(() => identityProviders.id, { onDelete: 'cascade' }),
  /** Who is signed in already and links this identity, or proves anew who they are. */
  personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
  sessionId: uuid('session_id'),
  /** An invitation whose link was opened in this browser. */
  invitationId: uuid('invitation_id').references(() => invitations.id, { onDelete: 'cascade' }),
  codeVerifier: sealed('code_verifier').notNull(),
  nonce: text('nonce').notNull(),
  callbackPath: text('callback_path').notNull(),
  /** A fresh sign-in was asked for (`prompt=login`, `max_age=0`). */
  fresh: boolean('fresh').notNull().default(false),
  createdAt: instant('created_at').notNull().default(databaseNow),
  expiresAt: instant('expires_at').notNull(),
});

/** How a consent failed, for the page that explains it. Shown only to the browser or person it belongs to. */
export const consentFailures = orgdock.table('consent_failures', {
  id: uuid('id').primaryKey().defaultRandom(),
  browserHash: text('browser_hash'),
  personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
  environmentId: uuid('environment_id').references(() => environments.id, { onDelete: 'cascade' }),
  identityProviderId: uuid('identity_provider_id').references(() => identityProviders.id, {
    onDelete: 'cascade',
  }),
  intent: consentIntent('intent'),
  code: text('code').notNull(),
  message: text('message').notNull(),
  nextStep: text('next_step'),
  salesforceError: text('salesforce_error'),
  salesforceDescription: text('salesforce_description'),
  salesforceStatus: integer('salesforce_status'),
  details: jsonb('details').$type<Record<string, string>>().notNull().default({}),
  createdAt: instant('created_at').notNull().default(databaseNow),
});
