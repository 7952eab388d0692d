import { z } from 'zod';
import { act, changes, text } from '@/lib/audit/act';

const key = { name: text, prefix: text, ownerId: text };

/** Acts on keys, named queries, links and webhooks, and what programs do by a key. */
export const BROKER_ACTS = [
  act('api_key.create', 'api_key', { ...key, policy: changes, expiresAt: text.nullable() }),
  act('api_key.rename', 'api_key', { before: text, after: text }),
  act('api_key.policy', 'api_key', { name: text, before: changes, after: changes }),
  /** A second secret; the one before works until `retiresAt`. */
  act('api_key.rotate', 'api_key', { ...key, retiresAt: text }),
  /** The overlap of a rotation was ended early. */
  act('api_key.retire_secret', 'api_key', key),
  act('api_key.revoke', 'api_key', { ...key, why: text.optional() }),
  /** A program was refused, once for each rule and hour: `count` says how often since. */
  act('api_key.denied', 'api_key', {
    rule: text,
    reason: text,
    operation: text,
    connectionId: text.nullable(),
    count: z.number().int(),
  }),
  /** A program wrote records. Ids of up to 200, never values. */
  act('record.write', 'connection', {
    operation: z.enum(['create', 'update', 'delete', 'upsert', 'other']),
    sobject: text.nullable(),
    recordIds: z.array(text).max(200),
    status: z.number().int(),
  }),
  /** A raw access token left. */
  act('token.hand_out', 'connection', { environmentId: text, orgId: text, username: text }),
  act('connection.alias', 'connection', { before: text.nullable(), after: text.nullable() }),
  act('named_query.create', 'named_query', { name: text, soql: text }),
  act('named_query.change', 'named_query', { name: text, before: changes, after: changes }),
  act('named_query.delete', 'named_query', { name: text }),
  act('connect_link.create', 'connect_link', {
    environmentId: text,
    holderId: text,
    purpose: text,
    expiresAt: text,
  }),
  act('connect_link.withdraw', 'connect_link', { environmentId: text, holderId: text }),
  /** Somebody without an account granted a connection to the link's holder. */
  act('connect_link.use', 'connect_link', {
    connectionId: text,
    environmentId: text,
    orgId: text,
    username: text,
  }),
  act('webhook.create', 'webhook', { url: text, events: z.array(text), environmentId: text.nullable() }),
  act('webhook.change', 'webhook', { before: changes, after: changes }),
  act('webhook.rotate_secret', 'webhook', { url: text, previousUntil: text }),
  act('webhook.delete', 'webhook', { url: text }),
  act('webhook.replay', 'webhook', { deliveryId: text, event: text }),
] as const;
