import { z } from 'zod';
import { act, changes, fault, text } from '@/lib/audit/act';
import { APP_ACTS } from '@/lib/audit/app-acts';
import { BROKER_ACTS } from '@/lib/audit/broker-acts';
import { SECRET_ACTS } from '@/lib/audit/secret-acts';

const grant = { grantId: text, generation: z.number().int() };
const service = { name: text, flow: text, orgId: text, username: text };
/** A shared view of an object's grid. */
const view = { environmentId: text, sobject: text, name: text };
const ids = z.array(text).max(500);
const invitation = {
  displayName: text,
  email: text.nullable(),
  role: text,
  environmentIds: ids,
  expiresAt: text,
};

/** What a refresh showed of the org: none of it ends the grant. */
const tokenEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('session_killed'), lastUsedAt: text }),
  z.strictObject({ event: z.literal('instance_moved'), from: text, to: text }),
]);

/** Every act that leaves an audit row. There is no way to write one that is not in this union. */
export const auditEntrySchema = z.discriminatedUnion('action', [
  act('session.sign_in', 'session', { via: text, personId: text.optional(), fresh: z.boolean().optional() }),
  act('session.sign_out', 'session', {}),
  act('session.end', 'session', { reason: text }),
  act('person.create', 'person', { displayName: text, role: text, via: text.optional() }),
  act('person.grant_admin', 'person', { before: text, via: text.optional() }),
  act('person.link_identity', 'person', { issuer: text, subject: text, username: text }),
  act('person.preferences', 'person', { before: changes, after: changes }),
  act('person.sign_in_link', 'person', { expiresAt: text.optional() }),
  act('person.change_role', 'person', { before: text, after: text }),
  act('person.deactivate', 'person', {
    sessions: z.number().int(),
    connections: z.number().int(),
    strayGrants: z.number().int(),
  }),
  act('person.reactivate', 'person', {}),
  /** The grants of somebody else were looked at. */
  act('person.view_grants', 'person', { shown: z.number().int() }),
  act('invitation.create', 'invitation', invitation),
  act('invitation.withdraw', 'invitation', {}),
  act('invitation.accept', 'invitation', { personId: text, newPerson: z.boolean(), environmentIds: ids }),
  act('access_request.create', 'access_request', {
    personId: text.optional(),
    issuer: text.optional(),
    subject: text.optional(),
    username: text.optional(),
    environmentId: text.optional(),
  }),
  act('access_request.decide', 'access_request', {
    decision: z.enum(['granted', 'refused']),
    personId: text.optional(),
    environmentIds: ids.optional(),
  }),
  act('environment.access', 'environment', { personId: text, allowed: z.boolean() }),
  act('person.unlink_identity', 'person', { issuer: text, subject: text, username: text }),
  /** The groups of an identity provider decided on role and environments. `denied`: the last administrator stays one. */
  act('person.follow_groups', 'person', {
    provider: text,
    groups: z.array(text),
    before: text,
    after: text,
    environmentsAdded: z.array(text),
    environmentsRemoved: z.array(text),
  }),
  act('identity_provider.create', 'identity_provider', { after: changes }),
  act('identity_provider.update', 'identity_provider', {
    before: changes,
    after: changes,
    secretChanged: z.boolean(),
  }),
  act('identity_provider.enable', 'identity_provider', { issuer: text, origins: z.array(text) }),
  act('identity_provider.disable', 'identity_provider', { why: text }),
  act('identity_provider.delete', 'identity_provider', { slug: text, name: text, issuer: text }),
  act('identity_provider.refused', 'identity_provider', {
    code: text,
    subject: text.optional(),
    username: text.optional(),
  }),
  act('portal.salesforce_sign_in', 'portal', { before: z.boolean(), after: z.boolean() }),
  act('setup.close', 'portal', { personId: text.optional() }),
  /** `via`: not by the form. */
  act('environment.create', 'environment', { after: changes, via: text.optional() }),
  act('environment.update', 'environment', {
    before: changes,
    after: changes,
    secretChanged: z.boolean(),
    via: text.optional(),
  }),
  act('environment.export', 'portal', { slugs: ids }),
  act('environment.pin_org', 'environment', {
    orgId: text,
    orgName: text.nullable(),
    before: text.nullable(),
  }),
  ...APP_ACTS,
  ...BROKER_ACTS,
  act('environment.disable', 'environment', {}),
  act('environment.enable', 'environment', {}),
  act('environment.password_flow', 'environment', { allowed: z.boolean() }),
  /** "Test connection" ran. */
  act('environment.check', 'environment', {
    state: z.enum(['green', 'amber', 'red']),
    red: z.array(text),
    amber: z.array(text),
    egressAddress: text.nullable(),
  }),
  /** A Salesforce administrator is asked by a link. `renewed`: a new link of the same request. */
  act('approval.create', 'approval_request', {
    environmentId: text,
    expiresAt: text,
    renewed: z.boolean(),
    ...fault,
  }),
  act('approval.done', 'approval_request', {
    environmentId: text,
    personId: text,
    by: z.enum(['salesforce_admin', 'doctor']),
    note: text,
  }),
  act('approval.withdraw', 'approval_request', { environmentId: text }),
  act('service_connection.create', 'connection', { ...grant, ...service, environmentId: text }),
  act('service_connection.prepare_key', 'connection', { name: text, fingerprint: text }),
  /** New credentials, a new run-as user, or the same ones proved anew. */
  act('service_connection.renew', 'connection', { ...grant, ...service, what: text, usernameBefore: text }),
  act('service_connection.rename', 'connection', { before: text, after: text }),
  act('service_connection.share', 'connection', { with: text, shared: z.boolean() }),
  act('service_connection.remove', 'connection', { ...grant, name: text }),
  act('connection.connect', 'connection', {
    ...grant,
    environmentId: text,
    orgId: text,
    username: text,
    /** Left out: to read records. */
    purpose: z.literal('bootstrap').optional(),
  }),
  act('connection.reconnect', 'connection', {
    ...grant,
    orgId: text,
    username: text,
    supersededGrantId: text,
  }),
  act('connection.keep_alive', 'connection', { before: z.boolean(), after: z.boolean() }),
  act('token.refresh', 'connection', {
    ...grant,
    attemptId: text,
    result: text,
    /** Whether the answer held a new refresh token. */
    rotated: z.boolean().optional(),
    events: z.array(tokenEvent).optional(),
    ...fault,
  }),
  act('token.settle', 'connection', { ...grant, result: text, ...fault }),
  act('portal.restored', 'portal', { reason: text, connections: z.number().int() }),
  act('connection.disconnect', 'connection', { ...grant, stateBefore: text, why: text.optional() }),
  act('token.revoke', 'connection', {
    ...grant,
    attemptId: text.optional(),
    /** Of a grant that no connection held. */
    strayId: text.optional(),
    why: text,
    /** How it was seen that the grant has ended. */
    verified: z.enum(['introspection', 'refused_use', 'answer']).optional(),
    /** Nobody tries any more by itself. */
    gaveUp: z.boolean().optional(),
    ...fault,
  }),
  act('connection.evicted', 'connection', {
    ...grant,
    byGrantId: text,
    certain: z.boolean(),
    evidence: text,
  }),
  act('environment.delete', 'environment', {
    slug: text,
    name: text,
    connections: z.number().int(),
    strayGrants: z.number().int(),
  }),
  act('environment.forget_secret', 'environment', {}),
  ...SECRET_ACTS,
  act('grants.revoke_everything', 'portal', {
    scope: z.enum(['environment', 'person', 'all']),
    connections: z.number().int(),
    strayGrants: z.number().int(),
  }),
  /** Tokens that are not sent any more were deleted, although no org has confirmed the grant's end. */
  act('token.forget', 'connection', { ...grant, why: text }),
  act('breach.start', 'breach', {
    scope: z.enum(['environment', 'person', 'all']),
    scopeId: text.nullable(),
    scopeName: text,
    reason: text,
    connections: z.number().int(),
    strayGrants: z.number().int(),
    endsSessions: z.boolean(),
    sessions: z.number().int(),
    backupDays: z.number().int().nullable(),
  }),
  act('breach.finish', 'breach', {
    confirmed: z.number().int(),
    ended: z.number().int(),
    unsendable: z.number().int(),
    gaveUp: z.number().int(),
    backupsUntil: text.nullable(),
  }),
  /** The signed report left; its SHA-256 (base64url) tells which file it was. */
  act('breach.export', 'breach', { grants: z.number().int(), finished: z.boolean(), sha256: text }),
  /** An address left that signs the connection's user in to Salesforce. */
  act('record.open_in_salesforce', 'connection', { sobject: text, recordId: text }),
  /** Facts of somebody else's grant were looked at. */
  act('connection.ask_org', 'connection', { environmentId: text, through: ids }),
  act('custody.view', 'connection', { ownerId: text.nullable() }),
  act('custody.list', 'portal', {
    environment: text.nullable(),
    health: text.nullable(),
    page: z.number().int(),
    shown: z.number().int(),
    /** The access review whose grants they were. */
    review: text.optional(),
    /** The breach whose grants they were, or `preview`. */
    breach: text.optional(),
  }),
  act('access_review.start', 'access_review', {
    scope: text,
    environmentId: text.nullable(),
    grants: z.number().int(),
  }),
  act('access_review.decide', 'access_review', {
    decision: z.enum(['keep', 'revoke']),
    connectionId: text,
    grantId: text,
    username: text,
    before: text.nullable(),
    note: text,
  }),
  act('access_review.close', 'access_review', {
    kept: z.number().int(),
    revoked: z.number().int(),
    changed: z.number().int(),
    undecided: z.number().int(),
  }),
  act('access_review.export', 'access_review', { rows: z.number().int() }),
  /** Reading through a connection was out of the ordinary. */
  act('alert.raise', 'connection', {
    alertId: text,
    kind: text,
    occasion: text,
    readBy: text.nullable(),
    rows: z.number().int(),
  }),
  act('alert.settle', 'connection', { alertId: text, kind: text, note: text }),
  act('consent.refused', 'environment', {
    code: text,
    ...{ intent: text.optional(), connectLinkId: text.optional() },
    ...{ orgId: text.optional(), username: text.optional() },
    revoked: z.boolean().optional(),
    ...fault,
  }),
  act('keyring.add_key', 'keyring', { origin: text, active: z.boolean() }),
  act('keyring.activate', 'keyring', { origin: text, before: text }),
  act('keyring.retire', 'keyring', { origin: text }),
  act('keyring.export', 'keyring', { origin: text, kids: z.array(text), to: text }),
  act('keyring.reseal', 'keyring', {
    state: z.enum(['started', 'finished']),
    resealed: z.number().int().optional(),
    already: z.number().int().optional(),
    damaged: z.number().int().optional(),
  }),
  // Views that others see: a filter may quote records. Private ones are a matter of their owner.
  act('view.share', 'view', { ...view, shared: z.boolean() }),
  act('view.change', 'view', { ...view, what: z.enum(['name', 'state']), after: text.optional() }),
  act('view.delete', 'view', { ...view, ownerId: text }),
  act('access.denied', 'page', { reason: text.optional() }),
  /** The log leaves in a file. Written before its first byte, and again with the number of rows that went. */
  act('audit.export', 'audit', {
    state: z.enum(['started', 'finished']),
    format: text,
    filter: changes,
    rows: z.number().int().optional(),
  }),
  act('audit.verify', 'audit', { verified: z.number().int(), fault: text.nullable() }),
  act('audit.retention', 'audit', {
    before: z.number().int().nullable(),
    after: z.number().int().nullable(),
  }),
  act('audit.remove_old', 'audit', {
    days: z.number().int(),
    removed: z.number().int(),
    throughPosition: z.number().int(),
  }),
]);

/** What callers hand to `appendAudit`; `outcome` is `done` unless said otherwise. */
export type AuditEntry = z.input<typeof auditEntrySchema>;
