import type { AuditAction } from '@/lib/audit/log/groups';
import { BROKER_SENTENCES } from '@/lib/audit/log/words/broker-words';
import type { Say, Sentence } from '@/lib/audit/log/words/sentence';

/** What a sentence is made of. */
interface Facts {
  details: Record<string, unknown>;
  outcome: 'done' | 'denied' | 'failed';
  subjectId: string;
  /** The name of what it was done to, as far as it is still known. */
  subject: string | null;
}

const SENTENCES: Record<AuditAction, Sentence> = {
  ...BROKER_SENTENCES,
  'session.sign_in': ({ fact, is, failed }) =>
    failed
      ? `could not sign in: ${fact('via')}`
      : `${is('fresh') ? 'confirmed who they are' : 'signed in'} through ${fact('via')}`,
  'session.sign_out': () => 'signed out',
  'session.end': ({ fact }) => `ended a session: ${fact('reason')}`,
  'person.create': ({ fact }) => `added ${fact('displayName')} as ${fact('role')}`,
  'person.grant_admin': ({ it, fact }) => `made ${it} an administrator, before: ${fact('before')}`,
  'person.link_identity': ({ it, fact }) => `linked ${fact('username')} to ${it}`,
  'person.unlink_identity': ({ it, fact }) => `unlinked ${fact('username')} from ${it}`,
  'person.follow_groups': ({ it, failed, fact }) =>
    failed
      ? `left ${it} an administrator, whatever the groups of ${fact('provider')} say: the last one stays`
      : `set the role of ${it} to ${fact('after')}, as the groups of ${fact('provider')} say`,
  'person.preferences': () => 'changed their preferences',
  'person.sign_in_link': ({ it }) => `made a sign-in link for ${it}`,
  'person.change_role': ({ it, fact }) =>
    `changed the role of ${it} from ${fact('before')} to ${fact('after')}`,
  'person.deactivate': ({ it, fact }) =>
    `deactivated ${it}: ${fact('sessions')} sessions ended, ${fact('connections')} connections disconnected`,
  'person.reactivate': ({ it }) => `let ${it} in again`,
  'person.view_grants': ({ it, fact }) => `looked at the grants of ${it}: ${fact('shown')} shown`,
  'invitation.create': ({ fact }) => `invited ${fact('displayName')} as ${fact('role')}`,
  'invitation.withdraw': ({ it }) => `withdrew the invitation ${it}`,
  'invitation.accept': ({ it, is }) =>
    `accepted the invitation ${it}${is('newPerson') ? '' : ' as somebody known already'}`,
  'access_request.create': ({ fact }) =>
    fact('username') === '-' ? 'asked for access' : `asked for access as ${fact('username')}`,
  'access_request.decide': ({ it, fact }) => `decided on the request ${it}: ${fact('decision')}`,
  'environment.access': ({ it, is }) =>
    `${is('allowed') ? 'gave' : 'took from'} somebody access to the environment ${it}`,
  'identity_provider.create': ({ it }) => `created the identity provider ${it}`,
  'identity_provider.update': ({ it, is }) =>
    `changed the identity provider ${it}${is('secretChanged') ? ', with its client secret' : ''}`,
  'identity_provider.enable': ({ it, fact }) => `enabled the identity provider ${it} at ${fact('issuer')}`,
  'identity_provider.disable': ({ it, fact }) => `disabled the identity provider ${it}: ${fact('why')}`,
  'identity_provider.delete': ({ fact }) => `deleted the identity provider ${fact('name')}`,
  'identity_provider.refused': ({ it, fact }) => `was not let in through ${it}: ${fact('code')}`,
  'portal.salesforce_sign_in': ({ is }) => `turned sign-in through Salesforce ${is('after') ? 'on' : 'off'}`,
  'setup.close': () => 'finished the set-up of the portal',
  'environment.create': ({ it }) => `created the environment ${it}`,
  'environment.update': ({ it, is }) =>
    `changed the environment ${it}${is('secretChanged') ? ', with its consumer secret' : ''}`,
  'environment.pin_org': ({ it, fact }) =>
    `pinned the environment ${it} to the org ${fact('orgName')} (${fact('orgId')})`,
  'environment.app_pack': ({ it }) => `downloaded the app pack of the environment ${it}`,
  'environment.app_deploy': ({ it, fact }) =>
    `deployment of the app of the environment ${it}: ${fact('state')}`,
  'environment.app_credentials': ({ it, is, fact }) =>
    `stored the consumer key${is('secretStored') ? ' and secret' : ''} of the environment ${it}, ${fact('from') === 'org' ? 'read from the org' : 'typed in'}`,
  'environment.app_read': ({ it }) => `read the settings of the app of the environment ${it} from its org`,
  'environment.export': ({ fact }) => `exported settings of environments: ${fact('slugs')}`,
  'environment.exchange_code': ({ it, failed, fact }) =>
    failed
      ? `tried to exchange a code by hand in ${it}: ${fact('code')}`
      : fact('state') === 'started'
        ? `began to exchange a code by hand in ${it}`
        : `exchanged a code by hand in ${it} and gave the grant back`,
  'environment.password_flow': ({ it, is }) =>
    `${is('allowed') ? 'allowed' : 'stopped'} the username-password flow in ${it}`,
  'environment.check': ({ it, fact }) => `tested the environment ${it}: ${fact('state')}`,
  'environment.disable': ({ it }) => `disabled the environment ${it}`,
  'environment.enable': ({ it }) => `took the environment ${it} into use again`,
  'environment.delete': ({ fact }) =>
    `deleted the environment ${fact('name')}, with ${fact('connections')} connections`,
  'environment.forget_secret': ({ it }) => `forgot the consumer secret of ${it}`,
  'environment.secret_stage': ({ it }) => `staged a new consumer secret for ${it}`,
  'environment.secret_apply': ({ it }) => `applied the new consumer secret of ${it}`,
  'environment.secret_look_at_grants': ({ it, fact }) =>
    `asked the org of ${it} whether access tokens of its connections work, before and after a new secret: ${fact('connectionIds')}`,
  'environment.secret_tell_org': ({ it, failed, fact }) =>
    failed
      ? `told the org of ${it} to rotate the secret, in vain: ${fact('error')}`
      : `told the org of ${it} to rotate the secret`,
  'environment.secret_take_back': ({ it, fact }) =>
    `took the new consumer secret of ${it} back: ${fact('why')}`,
  'environment.secret_cancel': ({ it }) => `cancelled the rotation of the consumer secret of ${it}`,
  'environment.secret_retired': ({ it }) =>
    `deleted the consumer secret before of ${it}: Salesforce accepts the new one`,
  'environment.secret_behaviour': ({ it, fact }) =>
    fact('behaviour') === 'revokes_all'
      ? `saw that the org of ${it} ended the grants with the old secret: ${fact('ended')} connections`
      : `saw that the org of ${it} keeps grants when a secret is applied`,
  'approval.create': ({ is }) =>
    `${is('renewed') ? 'made a new link' : 'made a link'} that asks a Salesforce administrator to let the app in`,
  'approval.done': ({ fact }) =>
    fact('by') === 'doctor'
      ? 'saw that the app was let into the org'
      : 'was told through a link that the app was let into the org',
  'approval.withdraw': () => 'withdrew a request to a Salesforce administrator',
  'service_connection.create': ({ fact }) =>
    `created the service connection ${fact('name')} as ${fact('username')}`,
  'service_connection.prepare_key': ({ fact }) => `prepared the next key of ${fact('name')}`,
  'service_connection.renew': ({ fact }) => `renewed the service connection ${fact('name')}: ${fact('what')}`,
  'service_connection.rename': ({ fact }) =>
    `renamed the service connection ${fact('before')} to ${fact('after')}`,
  'service_connection.share': ({ it, is, fact }) =>
    is('shared') ? `shared ${it} with ${fact('with')}` : `stopped sharing ${it} with ${fact('with')}`,
  'service_connection.remove': ({ fact }) => `removed the service connection ${fact('name')}`,
  'connection.connect': ({ fact }) => `connected the org ${fact('orgId')} as ${fact('username')}`,
  'connection.reconnect': ({ fact }) => `reconnected the org ${fact('orgId')} as ${fact('username')}`,
  'connection.keep_alive': ({ it, is }) => `turned keep-alive ${is('after') ? 'on' : 'off'} for ${it}`,
  'connection.disconnect': ({ it }) => `disconnected ${it}`,
  'connection.evicted': ({ it, is }) =>
    `${is('certain') ? 'saw' : 'supposes'} that Salesforce ended the grant of ${it} for a newer one`,
  'token.refresh': ({ it, failed, fact }) =>
    failed ? `could not refresh ${it}: ${fact('result')}` : `refreshed the tokens of ${it}`,
  'token.settle': ({ it, fact }) => `settled an uncertain refresh of ${it}: ${fact('result')}`,
  'token.revoke': ({ it, failed, fact }) =>
    failed ? `could not revoke the grant of ${it}: ${fact('error')}` : `revoked the grant of ${it}`,
  'grants.revoke_everything': ({ fact }) =>
    `revoked every grant (${fact('scope')}): ${fact('connections')} connections`,
  'token.forget': ({ it }) => `deleted the sealed tokens of ${it}, whose grant no org has confirmed as ended`,
  'breach.start': ({ fact }) =>
    `pressed the breach button for ${fact('scopeName')}: ${fact('connections')} connections, ${fact('sessions')} sessions`,
  'breach.finish': ({ it, fact }) =>
    `finished the breach ${it}: ${fact('confirmed')} grants confirmed as ended, ${fact('unsendable')} not sent, ${fact('gaveUp')} given up`,
  'breach.export': ({ it, fact }) =>
    `exported the signed report of the breach ${it}: ${fact('grants')} grants`,
  'record.open_in_salesforce': ({ it, fact }) =>
    `opened the ${fact('sobject')} ${fact('recordId')} in Salesforce through ${it}`,
  'connection.ask_org': ({ it }) => `asked the org of ${it} for its logs`,
  'custody.view': ({ it }) => `looked at the custody facts of ${it}`,
  'custody.list': ({ fact }) =>
    `looked at ${fact('review') === '-' ? 'the list of all connections' : 'the grants of an access review'}: ${fact('shown')} shown`,
  'access_review.start': ({ fact }) => `began an access review of ${fact('scope')}: ${fact('grants')} grants`,
  'access_review.decide': ({ fact }) =>
    `decided in an access review to ${fact('decision')} the grant of ${fact('username')}`,
  'access_review.close': ({ fact }) =>
    `closed an access review: ${fact('kept')} kept, ${fact('revoked')} revoked, ${fact('undecided')} undecided`,
  'access_review.export': ({ fact }) => `exported the evidence of an access review: ${fact('rows')} rows`,
  'alert.raise': ({ it, fact }) =>
    fact('kind') === 'outside_hours'
      ? `saw ${it} read outside its reading hours: ${fact('rows')} rows`
      : `saw unusually many rows read through ${it}: ${fact('rows')}`,
  'alert.settle': ({ it, fact }) => `settled an alert of ${it}: ${fact('note')}`,
  'consent.refused': ({ it, fact }) => `was not let in through ${it}: ${fact('code')}`,
  'portal.restored': ({ fact }) => `took the database for a restored one: ${fact('reason')}`,
  'keyring.add_key': ({ it }) => `added the key ${it}`,
  'keyring.activate': ({ it }) => `made the key ${it} active`,
  'keyring.retire': ({ it }) => `took the key ${it} out of the key ring`,
  'keyring.export': ({ fact }) => `exported the key ring to ${fact('to')}`,
  'keyring.reseal': ({ fact }) => `sealed secrets anew: ${fact('state')}`,
  'view.share': ({ is, fact }) =>
    `${is('shared') ? 'shared' : 'stopped sharing'} the view ${fact('name')} of ${fact('sobject')}`,
  'view.change': ({ fact }) =>
    fact('what') === 'name'
      ? `renamed the shared view ${fact('name')} of ${fact('sobject')} to ${fact('after')}`
      : `changed the shared view ${fact('name')} of ${fact('sobject')}`,
  'view.delete': ({ fact }) => `deleted the shared view ${fact('name')} of ${fact('sobject')}`,
  'access.denied': ({ it }) => `was refused ${it}`,
  'audit.export': ({ fact }) =>
    fact('state') === 'finished'
      ? `exported the audit log as ${fact('format')}: ${fact('rows')} rows`
      : `began to export the audit log as ${fact('format')}`,
  'audit.verify': ({ failed, fact }) =>
    failed
      ? `verified the audit log: ${fact('fault')}`
      : `verified the audit log: ${fact('verified')} rows as they were written`,
  'audit.retention': ({ fact }) =>
    fact('after') === '-'
      ? 'set audit rows to be kept for ever'
      : `set audit rows to be kept for ${fact('after')} days`,
  'audit.remove_old': ({ fact }) =>
    `removed ${fact('removed')} audit rows that were older than ${fact('days')} days`,
};

/** What was done, as a sentence without its subject: `signed in through production`. */
export function wordsOf(action: string, { details, outcome, subjectId, subject }: Facts): string {
  const sentence = Object.hasOwn(SENTENCES, action) ? SENTENCES[action as AuditAction] : undefined;
  const say: Say = {
    it: subject ?? shortened(subjectId),
    failed: outcome !== 'done',
    fact: (name) => spelled(details[name]),
    is: (name) => details[name] === true,
  };
  if (sentence) return sentence(say);
  // An entry of a newer version, or of one that has gone.
  return `${action.replace(/[._]/g, ' ')}: ${say.it}`;
}

function spelled(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An id says nothing to a reader beyond its begin. */
function shortened(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, 8) : id;
}
