import type { AuditAction } from '@/lib/audit/log/groups';
import type { Sentence } from '@/lib/audit/log/words/sentence';

type BrokerAction = Extract<
  AuditAction,
  | `api_key.${string}`
  | `named_query.${string}`
  | `connect_link.${string}`
  | `webhook.${string}`
  | 'record.write'
  | 'token.hand_out'
  | 'connection.alias'
>;

/** What programs do, and what is done about them. */
export const BROKER_SENTENCES: Record<BrokerAction, Sentence> = {
  'api_key.create': ({ fact }) => `created the API key ${fact('name')} (${fact('prefix')})`,
  'api_key.rename': ({ fact }) => `renamed the API key ${fact('before')} to ${fact('after')}`,
  'api_key.policy': ({ fact }) => `changed what the API key ${fact('name')} may do`,
  'api_key.rotate': ({ fact }) =>
    `made a new secret for the API key ${fact('name')}, and the one before works until ${fact('retiresAt')}`,
  'api_key.retire_secret': ({ fact }) =>
    `took the secret ${fact('prefix')} of the API key ${fact('name')} out of use`,
  'api_key.revoke': ({ fact }) => `revoked the API key ${fact('name')} (${fact('prefix')})`,
  'api_key.denied': ({ fact }) =>
    `was refused by the rule ${fact('rule')}: ${fact('reason')} (${fact('count')} times within the hour)`,
  'record.write': ({ it, fact, failed }) =>
    `${failed ? 'tried to write' : 'wrote'} records through ${it}: ${fact('operation')} ${fact('sobject')}`,
  'token.hand_out': ({ it, fact }) => `was handed an access token of ${it}, as ${fact('username')}`,
  'connection.alias': ({ it, fact }) =>
    `changed the alias of ${it} from ${fact('before')} to ${fact('after')}`,
  'named_query.create': ({ fact }) => `created the named query ${fact('name')}`,
  'named_query.change': ({ fact }) => `changed the named query ${fact('name')}`,
  'named_query.delete': ({ fact }) => `deleted the named query ${fact('name')}`,
  'connect_link.create': ({ fact }) => `made a connect link: ${fact('purpose')}`,
  'connect_link.withdraw': () => 'withdrew a connect link',
  'connect_link.use': ({ fact }) => `was given a connection by a connect link, as ${fact('username')}`,
  'webhook.create': ({ fact }) => `created the webhook to ${fact('url')}`,
  'webhook.change': ({ it }) => `changed the webhook ${it}`,
  'webhook.rotate_secret': ({ fact }) =>
    `made a new signing secret for the webhook to ${fact('url')}, and the one before signs until ${fact('previousUntil')}`,
  'webhook.delete': ({ fact }) => `deleted the webhook to ${fact('url')}`,
  'webhook.replay': ({ fact }) => `sent the event ${fact('event')} of a webhook again`,
};
