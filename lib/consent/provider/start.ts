import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { withSystem } from '@/db/client';
import { identityProviders } from '@/db/schema';
import { forgetOldAttempts } from '@/lib/consent/attempts';
import { createProviderAttempt } from '@/lib/consent/provider/attempts';
import type { StartedConsent } from '@/lib/consent/start';
import { openClientSecret } from '@/lib/environments/identity-providers/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { authenticationUrl } from '@/lib/openid/authentication-url';
import { discover } from '@/lib/openid/discover';
import { requireOpenInvitation } from '@/lib/people/invitations/queries';
import { registry } from '@/lib/registry';
import { safeCallbackPath } from '@/lib/session/callback-path';
import { contextOf, requireFresh } from '@/lib/session/context';
import { markBrowser } from '@/lib/session/request/browser-mark';
import { requestFactsOf } from '@/lib/session/request/request-facts';

/** Body of `POST /api/provider-sign-in`. Strict: a scope or a prompt is not the browser's to choose. */
const bodySchema = z
  .strictObject({
    /** Slug. */
    provider: z.string().max(80),
    /** `confirm`: a fresh sign-in of whoever is signed in. `link`: adds the identity to whoever is signed in. */
    intent: z.enum(['sign_in', 'confirm', 'link']),
    callbackUrl: z.string().max(2_000).optional(),
    /** Token of an invitation's link. */
    invitation: z.string().max(200).optional(),
  })
  .refine((body) => body.invitation === undefined || body.intent === 'sign_in');

/**
 * Begins a sign-in through an identity provider for the browser of these headers. Its discovery document is read each
 * time, so that a provider that moved is followed. Throws INVALID_INPUT, UNAUTHENTICATED, FRESH_SIGN_IN_REQUIRED (link),
 * NOT_FOUND, INVITATION_INVALID, RATE_LIMITED, UNAVAILABLE (while the portal stops), and what `discover` throws.
 */
export async function startProviderSignIn(body: unknown, requestHeaders: Headers): Promise<StartedConsent> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'This is not a sign-in that Orgdock can begin.');
  const { provider: slug, intent, callbackUrl, invitation } = parsed.data;
  if (registry().draining) {
    throw new AppError('UNAVAILABLE', 'The portal is stopping.', { nextStep: 'Try again in a minute.' });
  }
  const person = intent === 'sign_in' ? null : await contextOf(requestHeaders);
  if (intent !== 'sign_in' && person === null) {
    throw new AppError('UNAUTHENTICATED', 'You are signed out.', { nextStep: 'Sign in and try again.' });
  }
  await countAgainst('consent', person?.personId ?? addressKey(requestFactsOf(requestHeaders).ip));
  // Another identity is another way into this account: whoever found an open browser must not add theirs.
  if (intent === 'link' && person) requireFresh(person);
  const provider = await findProvider(slug);
  const discovered = await discover(provider.issuer, provider.hasSecret);
  const { browser, setCookie } = markBrowser(requestHeaders);
  const fresh = intent === 'confirm';
  const attempt = await withSystem('provider sign-in start', async (tx) => {
    await forgetOldAttempts(tx);
    const invitationId = invitation ? await requireOpenInvitation(tx, invitation) : null;
    return await createProviderAttempt(tx, {
      identityProviderId: provider.id,
      browser,
      person,
      invitationId,
      callbackPath: safeCallbackPath(callbackUrl) ?? '',
      fresh,
    });
  });
  const url = authenticationUrl(discovered, {
    clientId: provider.clientId,
    redirectUri: redirectUriOf(slug),
    scopes: provider.scopes,
    ...attempt,
    fresh,
  });
  return { url, setCookie };
}

function findProvider(slug: string) {
  return withSystem('provider sign-in start', async (tx) => {
    const [row] = await tx
      .select()
      .from(identityProviders)
      .where(and(eq(identityProviders.slug, slug), eq(identityProviders.enabled, true)));
    if (!row) throw new AppError('NOT_FOUND', 'There is no such identity provider.');
    return { ...row, hasSecret: (await openClientSecret(tx, row.id)) !== null };
  });
}
