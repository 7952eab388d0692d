import {
  type ConnectLinkAnswer,
  type CreatedConnectLink,
  createConnectLinkBody,
} from '@/lib/broker/api-schemas/connect-links';
import type { BrokerCall } from '@/lib/broker/call/types';
import type { PolicyRule } from '@/lib/broker/types';
import { createConnectLink } from '@/lib/consent/links/commands';
import { findConnectLinkOfKey } from '@/lib/consent/links/queries';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/**
 * Makes a connect link for the key's owner. Throws INVALID_INPUT, POLICY_REFUSED, and what `createConnectLink` throws.
 * The address is a secret, so the answer is kept nowhere: asked again, it makes another link.
 */
export async function makeLinkByKey(call: BrokerCall, body: unknown): Promise<CreatedConnectLink> {
  const parsed = createConnectLinkBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.');
    throw new AppError(
      'INVALID_INPUT',
      `${at ? `${at}: ` : ''}${issue?.message ?? 'The body is not valid.'}`,
    );
  }
  await assertMayMakeLinks(call);
  const { environment: slug } = parsed.data;
  const usable = await listConnectableEnvironments(call.ctx);
  const environmentId = usable.find((one) => one.slug === slug)?.id;
  if (environmentId === undefined) throw new AppError('NOT_FOUND', 'There is no such environment.');
  const { environments } = call.key.policy;
  if (environments !== null && !environments.includes(environmentId)) {
    return await refuse(call, 'environments', 'The key may not be used in this environment.');
  }
  call.note({ environmentId, target: 'connect_link' });
  return await createConnectLink(call.ctx, parsed.data);
}

/** What became of a link that this key made. Throws NOT_FOUND for any other one. */
export async function readLinkByKey(call: BrokerCall, id: string): Promise<ConnectLinkAnswer> {
  await assertMayMakeLinks(call);
  const link = await findConnectLinkOfKey(call.ctx, id);
  if (!link) throw new AppError('NOT_FOUND', 'This key made no such link.');
  call.note({ environmentId: link.environment.id, target: 'connect_link' });
  const { state, environment, purpose, createdAt, expiresAt, openedAt, usedAt, connection } = link;
  return {
    id: link.id,
    state,
    environment: environment.slug,
    purpose,
    createdAt,
    expiresAt,
    openedAt,
    usedAt,
    connection: connection && { id: connection.id, alias: connection.alias },
  };
}

/** A key that is held to named queries or to certain connections has no use for new ones. */
async function assertMayMakeLinks(call: BrokerCall): Promise<void> {
  const { access, connections } = call.key.policy;
  if (access === 'named_queries') {
    return await refuse(call, 'access', 'This key may run named queries only.');
  }
  if (connections !== null) {
    return await refuse(
      call,
      'connections',
      'This key is held to certain connections and makes no new ones.',
    );
  }
}

function refuse(call: BrokerCall, rule: PolicyRule, reason: string): Promise<never> {
  return call.refuse({ allowed: false, rule, reason, because: [] });
}
