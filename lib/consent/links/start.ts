import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Tx, withSystem } from '@/db/client';
import { connectLinks, consentFailures, databaseNow } from '@/db/schema';
import { createAttempt, forgetOldAttempts } from '@/lib/consent/attempts';
import { linkIsOpen } from '@/lib/consent/links/columns';
import { findLink, linkClosed, whyClosed } from '@/lib/consent/links/find-link';
import { isLinkToken } from '@/lib/consent/links/token';
import { assertNotStopping, type StartedConsent } from '@/lib/consent/start';
import { publicOAuthApp } from '@/lib/environments/oauth-app';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { authorizationUrl } from '@/lib/salesforce/oauth/authorize';
import { markBrowser } from '@/lib/session/request/browser-mark';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { hashToken, matchesHash } from '@/lib/session/secret-hash';

/** Body of `POST /api/connect-link`: the token of a link, or the failure of one in this browser, to try again. */
const schema = z.union([
  z.strictObject({ token: z.string().max(100) }),
  z.strictObject({ failure: z.uuid() }),
]);
type Start = z.infer<typeof schema>;

/** As long as a link may live: its browser is known by the mark. */
const MARK_SECONDS = 7 * 24 * 60 * 60;

/**
 * Begins the consent of a connect link: whoever is first binds the link to their browser. Who is signed in there plays
 * no part. Throws INVALID_INPUT, NOT_FOUND, CONNECT_LINK_INVALID, HOST_NOT_ALLOWED, RATE_LIMITED, UNAVAILABLE.
 */
export async function startLinkConsent(body: unknown, requestHeaders: Headers): Promise<StartedConsent> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'This is not a consent that Orgdock can begin.');
  assertNotStopping();
  await countAgainst('connect_link_look', addressKey(requestFactsOf(requestHeaders).ip));
  const { browser, setCookie } = markBrowser(requestHeaders, MARK_SECONDS);
  const url = await withSystem('connect link', (tx) => begin(tx, parsed.data, browser));
  return { url, setCookie };
}

async function begin(tx: Tx, input: Start, browser: string): Promise<string> {
  await forgetOldAttempts(tx);
  const found = await findLink(tx, await whichLink(tx, input, browser));
  if (!found) throw new AppError('NOT_FOUND', 'There is no such link.');
  const closed = await whyClosed(tx, found, browser);
  if (closed !== null) throw linkClosed(closed);
  const { link, environment } = found;
  await bind(tx, link.id, browser);
  const app = publicOAuthApp(environment);
  const { state, codeChallenge, nonce } = await createAttempt(tx, {
    environmentId: environment.id,
    app,
    intent: 'connect',
    browser,
    // Nobody of the portal: neither who is signed in here, nor the holder.
    person: null,
    reconnects: null,
    invitationId: null,
    connectLinkId: link.id,
    callbackPath: '',
    fresh: false,
  });
  return authorizationUrl(app, {
    redirectUri: redirectUriOf(environment.slug),
    scopes: environment.scopes,
    state,
    codeChallenge,
    nonce,
    // Salesforce asks also who has agreed before: it is for somebody else this time.
    prompt: 'consent',
  });
}

/** SQL: the link of a token, or the one whose consent failed in this browser. Throws NOT_FOUND. */
async function whichLink(tx: Tx, input: Start, browser: string): Promise<SQL> {
  if ('token' in input) {
    if (isLinkToken(input.token)) return eq(connectLinks.tokenHash, hashToken(input.token));
    throw new AppError('NOT_FOUND', 'There is no such link.');
  }
  const [failure] = await tx.select().from(consentFailures).where(eq(consentFailures.id, input.failure));
  const id = failure && matchesHash(browser, failure.browserHash) ? failure.details.connectLink : undefined;
  if (id !== undefined) return sql`${connectLinks.id}::text = ${id}`;
  throw new AppError('NOT_FOUND', 'There is no such link.');
}

/** One statement: of two browsers that come at once, the second one waits and finds the link taken. */
async function bind(tx: Tx, id: string, browser: string): Promise<void> {
  const mine = hashToken(browser);
  const [row] = await tx
    .update(connectLinks)
    .set({
      browserHash: mine,
      openedAt: sql`coalesce(${connectLinks.openedAt}, ${databaseNow})`,
    })
    .where(
      and(
        eq(connectLinks.id, id),
        linkIsOpen,
        or(isNull(connectLinks.browserHash), eq(connectLinks.browserHash, mine)),
      ),
    )
    .returning({ id: connectLinks.id });
  if (row) return;
  const now = await findLink(tx, eq(connectLinks.id, id));
  throw linkClosed((now && (await whyClosed(tx, now, browser))) ?? 'unusable');
}
