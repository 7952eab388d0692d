import { eq } from 'drizzle-orm';
import { headers } from 'next/headers';
import { type Tx, withSystem } from '@/db/client';
import { connections, connectLinks } from '@/db/schema';
import { type FoundLink, findLink, whyClosed } from '@/lib/consent/links/find-link';
import { isLinkToken } from '@/lib/consent/links/token';
import type { ClosedLink, OpenedLink, UsedLink } from '@/lib/consent/links/types';
import { portalOrigin } from '@/lib/env';
import type { EnvironmentColor } from '@/lib/environments/types';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { isId } from '@/lib/people/schema';
import { browserCookieName, readCookie } from '@/lib/session/request/cookies';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { hashToken, matchesHash } from '@/lib/session/secret-hash';

/**
 * What is behind a connect link, for whoever has it; null for one that nobody made. Changes nothing: a mail scanner or
 * the preview of a chat opens links too. Throws RATE_LIMITED.
 */
export async function openConnectLink(token: string): Promise<OpenedLink | ClosedLink | null> {
  return await openLinkFrom(token, await headers());
}

/** As `openConnectLink`, for known request headers. */
export async function openLinkFrom(
  token: string,
  requestHeaders: Headers,
): Promise<OpenedLink | ClosedLink | null> {
  if (!isLinkToken(token)) return null;
  await countAgainst('connect_link_look', addressKey(requestFactsOf(requestHeaders).ip));
  const browser = readCookie(requestHeaders, browserCookieName());
  return await withSystem('connect link', async (tx) => {
    const found = await findLink(tx, eq(connectLinks.tokenHash, hashToken(token)));
    if (!found || !matchesHash(token, found.link.tokenHash)) return null;
    const state = await whyClosed(tx, found, browser);
    return state === null ? toOpened(found) : { state };
  });
}

function toOpened(found: FoundLink): OpenedLink {
  const { link, environment, holder, key } = found;
  return {
    state: 'open',
    holder,
    program: key?.name ?? null,
    purpose: link.purpose,
    portal: portalHost(),
    environment: environmentOf(found),
    org: { name: environment.expectedOrgName, host: new URL(environment.origin).host },
    scopes: environment.scopes,
    expiresAt: link.expiresAt.toISOString(),
  };
}

/** What a link led to, for the browser that used it; null for anybody else. */
export async function getUsedLink(id: string): Promise<UsedLink | null> {
  return await findUsedLink(id, readCookie(await headers(), browserCookieName()));
}

/** As `getUsedLink`, for a known browser. */
export async function findUsedLink(id: string, browser: string | null): Promise<UsedLink | null> {
  if (!isId(id)) return null;
  return await withSystem('connect link', async (tx) => {
    const found = await findLink(tx, eq(connectLinks.id, id));
    if (found?.state !== 'used' || !matchesHash(browser, found.link.browserHash)) return null;
    const connection = await readConnection(tx, found.link.connectionId);
    return {
      holder: found.holder,
      portal: portalHost(),
      environment: environmentOf(found),
      org: connection && { id: connection.orgId, name: connection.orgName },
      username: connection?.username ?? null,
    };
  });
}

async function readConnection(tx: Tx, id: string | null) {
  if (id === null) return null;
  const [row] = await tx
    .select({ orgId: connections.orgId, orgName: connections.orgName, username: connections.username })
    .from(connections)
    .where(eq(connections.id, id));
  return row ?? null;
}

function portalHost(): string {
  return new URL(portalOrigin()).host;
}

function environmentOf({ environment: { name, kind, color } }: FoundLink): OpenedLink['environment'] {
  return { name, kind, color: color as EnvironmentColor | null };
}
