import { boolean, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { databaseNow, instant, orgdock } from './base';
import { connections } from './connections';
import { environments } from './environments';
import { people } from './people';

/** One check of a preflight. */
export interface CheckResult {
  id: string;
  state: 'green' | 'amber' | 'red';
  title: string;
  /** Whole sentences. */
  evidence: string[];
  /** What to do, the click path in Salesforce's Setup, and a link there. */
  fix: { text: string; path: string | null; url: string | null } | null;
  /** When and how this can be known at all. */
  knownBy: 'before_consent' | 'after_consent' | 'other_connection' | 'never';
}

/** One run of "test connection". */
export const environmentChecks = orgdock.table(
  'environment_checks',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** No foreign key: the result outlives who asked. */
    startedBy: uuid('started_by'),
    startedAt: instant('started_at').notNull().default(databaseNow),
    finishedAt: instant('finished_at').notNull().default(databaseNow),
    /** The worst of its results. */
    state: text('state', { enum: ['green', 'amber', 'red'] }).notNull(),
    results: jsonb('results').$type<CheckResult[]>().notNull(),
  },
  (table) => [index('environment_checks_latest').on(table.environmentId, table.startedAt)],
);

/** A component that Salesforce refused. */
export interface DeployError {
  component: string;
  problem: string;
  line: number | null;
}

/** One deployment of an environment's External Client App through the Metadata API. */
export const appDeployments = orgdock.table(
  'app_deployments',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** The bootstrap grant that it is sent with. */
    connectionId: uuid('connection_id').references(() => connections.id, { onDelete: 'set null' }),
    startedBy: uuid('started_by').notNull(),
    /** When it was asked for; once it is sent, since when Salesforce may have it. */
    startedAt: instant('started_at').notNull().default(databaseNow),
    /** Salesforce's id of the deployment, `0Af…`; null: not sent yet. */
    deployRequestId: text('deploy_request_id'),
    /** `unknown`: it may have been sent, and no answer came. */
    state: text('state', {
      enum: ['waiting', 'sent', 'in_progress', 'succeeded', 'failed', 'cancelled', 'unknown'],
    })
      .notNull()
      .default('waiting'),
    /** Salesforce's own word. */
    salesforceStatus: text('salesforce_status'),
    componentsTotal: integer('components_total').notNull().default(0),
    componentsDone: integer('components_done').notNull().default(0),
    errors: jsonb('errors').$type<DeployError[]>().notNull().default([]),
    /** What became of reading key and secret back. */
    credentials: text('credentials', { enum: ['stored', 'key_only', 'refused', 'failed'] }),
    /** Why it failed, or why the secret could not be read, in Salesforce's words. */
    error: text('error'),
    errorDescription: text('error_description'),
    finishedAt: instant('finished_at'),
  },
  (table) => [index('app_deployments_latest').on(table.environmentId, table.startedAt)],
);

/** What the org last said of an environment's app. */
export const appObservations = orgdock.table('app_observations', {
  environmentId: uuid('environment_id')
    .primaryKey()
    .references(() => environments.id, { onDelete: 'cascade' }),
  /** Salesforce ids and name: `0xI…`, `888…`, developer name. */
  appIdentifier: text('app_identifier'),
  consumerId: text('consumer_id'),
  developerName: text('developer_name'),
  observedAt: instant('observed_at').notNull().default(databaseNow),
  observedBy: uuid('observed_by'),
  /** Settings and policies by name; null: the org did not let us see it. */
  facts: jsonb('facts').$type<Record<string, string | number | boolean | string[] | null>>().notNull(),
});

/** A Salesforce administrator is asked to let an app in: the link needs no account here. */
export const approvalRequests = orgdock.table(
  'approval_requests',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of the token in the link, base64url. */
    tokenHash: text('token_hash').notNull().unique(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    /** Who waits. */
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** What Salesforce refused them with. */
    salesforceError: text('salesforce_error'),
    salesforceDescription: text('salesforce_description'),
    createdAt: instant('created_at').notNull().default(databaseNow),
    expiresAt: instant('expires_at').notNull(),
    openedAt: instant('opened_at'),
    /** Somebody said so on the page of the link, or an org showed it. */
    doneAt: instant('done_at'),
    doneBy: text('done_by', { enum: ['salesforce_admin', 'doctor'] }),
    doneNote: text('done_note').notNull().default(''),
    /** The person connected, or took the request back. */
    endedAt: instant('ended_at'),
    ended: text('ended', { enum: ['connected', 'withdrawn'] }),
  },
  (table) => [index('approval_requests_person').on(table.personId, table.createdAt)],
);

/** One rotation of an app's consumer secret, from the staged secret to the retired one. */
export const secretRotations = orgdock.table(
  'secret_rotations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    environmentId: uuid('environment_id')
      .notNull()
      .references(() => environments.id, { onDelete: 'cascade' }),
    startedBy: uuid('started_by').notNull(),
    /** Where the next secret comes from. */
    source: text('source', { enum: ['staged_credentials', 'pasted'] }).notNull(),
    /** Salesforce's id of the staged credentials. */
    stagedCredentialId: text('staged_credential_id'),
    stagedAt: instant('staged_at').notNull().default(databaseNow),
    /** When Orgdock began to send the new secret first. */
    appliedAt: instant('applied_at'),
    /** Whether the org was told to rotate, and whether it said yes. */
    orgRotated: boolean('org_rotated'),
    /** What this org does to grants when a secret is applied, and how that is known. */
    behaviour: text('behaviour', { enum: ['keeps_old', 'revokes_all', 'unknown'] })
      .notNull()
      .default('unknown'),
    behaviourEvidence: text('behaviour_evidence'),
    /** The first success with the new secret: the old one was deleted. */
    retiredAt: instant('retired_at'),
    cancelledAt: instant('cancelled_at'),
  },
  (table) => [index('secret_rotations_latest').on(table.environmentId, table.stagedAt)],
);
