import type { AuditEntry } from '@/lib/audit/entries';

export type AuditAction = AuditEntry['action'];

/** What the log can be narrowed to, in the words of the page. */
export const GROUPS = {
  sign_in: 'Sign-in and sessions',
  connection: 'Connections',
  token: 'Tokens: refresh and revoke',
  custody: 'Views of custody facts',
  export: 'Exports and verification',
  configuration: 'Configuration',
  people: 'People',
  keys: 'Keys',
  denied: 'Denied',
} as const;

export type ActionGroup = keyof typeof GROUPS;

/** Which group each action is of. `denied` is every entry of that outcome as well. */
export const GROUP_OF: Record<AuditAction, ActionGroup> = {
  'session.sign_in': 'sign_in',
  'session.sign_out': 'sign_in',
  'session.end': 'sign_in',
  'consent.refused': 'sign_in',
  'person.sign_in_link': 'sign_in',
  'person.create': 'people',
  'person.grant_admin': 'people',
  'person.link_identity': 'people',
  'person.unlink_identity': 'people',
  'person.follow_groups': 'people',
  'person.preferences': 'people',
  'person.change_role': 'people',
  'person.deactivate': 'people',
  'person.reactivate': 'people',
  'person.view_grants': 'custody',
  'invitation.create': 'people',
  'invitation.withdraw': 'people',
  'invitation.accept': 'people',
  'access_request.create': 'people',
  'access_request.decide': 'people',
  'environment.access': 'people',
  'identity_provider.create': 'configuration',
  'identity_provider.update': 'configuration',
  'identity_provider.enable': 'configuration',
  'identity_provider.disable': 'configuration',
  'identity_provider.delete': 'configuration',
  'identity_provider.refused': 'sign_in',
  'portal.salesforce_sign_in': 'configuration',
  'setup.close': 'configuration',
  'environment.create': 'configuration',
  'environment.update': 'configuration',
  'environment.pin_org': 'configuration',
  'environment.password_flow': 'configuration',
  'environment.delete': 'configuration',
  'environment.forget_secret': 'configuration',
  'portal.restored': 'configuration',
  'audit.retention': 'configuration',
  'audit.remove_old': 'configuration',
  'service_connection.create': 'connection',
  'service_connection.prepare_key': 'connection',
  'service_connection.renew': 'connection',
  'service_connection.rename': 'connection',
  'service_connection.share': 'connection',
  'service_connection.remove': 'connection',
  'connection.connect': 'connection',
  'connection.reconnect': 'connection',
  'connection.keep_alive': 'connection',
  'connection.disconnect': 'connection',
  'connection.evicted': 'connection',
  'grants.revoke_everything': 'token',
  'token.refresh': 'token',
  'token.settle': 'token',
  'token.revoke': 'token',
  'token.forget': 'token',
  'breach.start': 'token',
  'breach.finish': 'token',
  'breach.export': 'export',
  'custody.view': 'custody',
  'custody.list': 'custody',
  'audit.verify': 'export',
  'audit.export': 'export',
  'keyring.export': 'export',
  'keyring.add_key': 'keys',
  'keyring.activate': 'keys',
  'keyring.retire': 'keys',
  'keyring.reseal': 'keys',
  'access.denied': 'denied',
};

/** The actions of a group. */
export function actionsOf(group: ActionGroup): AuditAction[] {
  return (Object.keys(GROUP_OF) as AuditAction[]).filter((action) => GROUP_OF[action] === group);
}
