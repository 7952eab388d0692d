import { and, eq, type SQL } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { apiKeys, connectLinks, environments, people } from '@/db/schema';
import { linkState } from '@/lib/consent/links/columns';
import type { ClosedLink } from '@/lib/consent/links/types';
import { notDeleted } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { findHoldingRefusal } from '@/lib/people/access/assert-may-hold';
import { matchesHash } from '@/lib/session/secret-hash';

/** One connect link with what it needs to work; null: there is none. In a system transaction. */
export async function findLink(systemTx: Tx, which: SQL) {
  const [row] = await systemTx
    .select({
      link: connectLinks,
      state: linkState,
      environment: environments,
      holder: people.displayName,
      key: { name: apiKeys.name, revokedAt: apiKeys.revokedAt },
    })
    .from(connectLinks)
    .innerJoin(environments, eq(environments.id, connectLinks.environmentId))
    .innerJoin(people, eq(people.id, connectLinks.holderId))
    .leftJoin(apiKeys, eq(apiKeys.id, connectLinks.keyId))
    .where(and(which, notDeleted));
  return row ?? null;
}

export type FoundLink = NonNullable<Awaited<ReturnType<typeof findLink>>>;

/**
 * Why a link leads nowhere in this browser; null: it works. `unusable`: its holder may hold no connection there now, or
 * the key that made it was revoked.
 */
export async function whyClosed(
  systemTx: Tx,
  { link, state, key }: FoundLink,
  browser: string | null,
): Promise<ClosedLink['state'] | null> {
  if (state !== 'open') return state;
  if (key && key.revokedAt !== null) return 'unusable';
  const holding = { personId: link.holderId, environmentId: link.environmentId };
  if (await findHoldingRefusal(systemTx, holding)) return 'unusable';
  return link.browserHash === null || matchesHash(browser, link.browserHash) ? null : 'other_browser';
}

const ASK = 'Ask whoever sent it to you for a new one.';

const CLOSED: Record<ClosedLink['state'], [message: string, nextStep: string]> = {
  used: ['This link was used already.', 'A link works once. To connect another user, ask for a new one.'],
  withdrawn: ['This link was withdrawn.', ASK],
  expired: ['This link has expired.', ASK],
  unusable: ['This link cannot be used now.', ASK],
  other_browser: [
    'This link was begun in another browser.',
    'Go on in the browser where you pressed Continue first, or ask for a new link.',
  ],
};

export function linkClosed(state: ClosedLink['state']): AppError {
  const [message, nextStep] = CLOSED[state];
  return new AppError('CONNECT_LINK_INVALID', message, { nextStep });
}
