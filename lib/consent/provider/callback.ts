import { withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { recordFailure } from '@/lib/consent/failures';
import { isRefusal } from '@/lib/consent/no-access';
import {
  type ConsumedProviderAttempt,
  consumeProviderAttempt,
  openProviderVerifier,
} from '@/lib/consent/provider/attempts';
import { linkProviderIdentity } from '@/lib/consent/provider/link';
import { completeProviderSignIn } from '@/lib/consent/provider/sign-in';
import type { PersonContext } from '@/lib/context';
import { openClientSecret } from '@/lib/environments/identity-providers/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { log, logRefused } from '@/lib/log';
import { discover } from '@/lib/openid/discover';
import { proveSubject, readCallbackRefusal } from '@/lib/openid/prove-subject';
import type { ProvenSubject } from '@/lib/openid/types';
import { contextOf } from '@/lib/session/context';
import {
  browserCookieName,
  readCookie,
  sessionCookieName,
  setCookieHeader,
} from '@/lib/session/request/cookies';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { matchesHash } from '@/lib/session/secret-hash';
import { encodeSessionToken, SESSION_MAX_AGE_SECONDS } from '@/lib/session/token';

const START_AGAIN = { nextStep: 'Start again from Orgdock.' };

/**
 * An identity provider's answer, at `/api/auth/callback/<slug>`. Null when its `state` belongs to no attempt at a
 * provider: then it may be Salesforce's. Uses the attempt up first, whatever the answer says, then checks browser,
 * provider and session, and only then looks at the code. Always a redirect to a path of this portal.
 */
export async function answerProvider(request: Request, slug: string): Promise<Response | null> {
  const query = new URL(request.url).searchParams;
  const states = query.getAll('state');
  const [state] = states;
  if (!state || states.length !== 1) return null;
  const attempt = await withSystem('provider callback', (tx) => consumeProviderAttempt(tx, state));
  if (!attempt) return null;
  if (!matchesHash(readCookie(request.headers, browserCookieName()), attempt.browserHash)) {
    const { ip, requestId } = requestFactsOf(request.headers);
    logRefused('consent answer', { failure: 'foreign-browser', ip, requestId });
    return redirectTo('/consent/foreign-browser');
  }
  const proven: { subject: ProvenSubject | null } = { subject: null };
  try {
    const current = await contextOf(request.headers);
    assertBelongs(attempt, slug, current);
    if (query.has('error')) throw readCallbackRefusal(query);
    const subject = await prove(attempt, state, query);
    proven.subject = subject;
    if (attempt.personId !== null && !attempt.fresh) {
      return redirectTo(await linkProviderIdentity(attempt, subject, current));
    }
    const done = await completeProviderSignIn({
      attempt,
      subject,
      current,
      request: requestFactsOf(request.headers),
    });
    const token = await encodeSessionToken(done.sessionId);
    return redirectTo(done.path, setCookieHeader(sessionCookieName(), token, SESSION_MAX_AGE_SECONDS));
  } catch (error) {
    return redirectTo(await explain(attempt, proven.subject, request, error));
  }
}

/** Mix-up (RFC 9700 §4.4), age, changes of the provider, and the session that began. */
function assertBelongs(attempt: ConsumedProviderAttempt, slug: string, current: PersonContext | null): void {
  const { provider } = attempt;
  if (provider.slug !== slug) {
    throw new AppError('CONSENT_STATE_MISMATCH', 'This answer came back for another identity provider.', {
      nextStep: 'Start again from Orgdock. Nothing was stored.',
    });
  }
  if (!provider.enabled) {
    throw new AppError('FORBIDDEN', `Signing in through ${provider.name} is switched off.`, {
      nextStep: 'Sign in another way, or ask your administrator.',
    });
  }
  if (attempt.expired) {
    throw new AppError('CONSENT_ATTEMPT_EXPIRED', 'This sign-in took longer than ten minutes.', START_AGAIN);
  }
  // Code and verifier are for the client and the issuer that the person was sent to, and for nobody else.
  if (provider.updatedAt > attempt.createdAt) {
    throw new AppError(
      'CONSENT_ATTEMPT_EXPIRED',
      'The identity provider was changed while the sign-in was under way.',
      START_AGAIN,
    );
  }
  if (attempt.sessionId !== null && current?.sessionId !== attempt.sessionId) {
    throw new AppError(
      'CONSENT_FOREIGN_BROWSER',
      'You signed out, or signed in again, while this was under way.',
      { nextStep: 'Sign in and start again. Nothing was stored.' },
    );
  }
}

async function prove(
  attempt: ConsumedProviderAttempt,
  state: string,
  params: URLSearchParams,
): Promise<ProvenSubject> {
  const { provider } = attempt;
  const clientSecret = await withSystem('provider callback', (tx) => openClientSecret(tx, provider.id));
  return await proveSubject({
    discovered: await discover(provider.issuer, clientSecret !== null),
    client: { clientId: provider.clientId, clientSecret },
    redirectUri: redirectUriOf(provider.slug),
    params,
    state,
    codeVerifier: await openProviderVerifier(attempt),
    nonce: attempt.nonce,
    groupsClaim: provider.groupsClaim,
    freshSince: attempt.fresh ? attempt.createdAt : null,
  });
}

async function explain(
  attempt: ConsumedProviderAttempt,
  subject: ProvenSubject | null,
  request: Request,
  error: unknown,
): Promise<string> {
  if (!(error instanceof AppError)) {
    log().error({ err: error, attempt: attempt.id }, 'a sign-in through an identity provider failed');
  }
  const linking = attempt.personId !== null && !attempt.fresh;
  return await withSystem('provider failure', async (tx) => {
    if (error instanceof AppError && isRefusal(error.code)) {
      const ctx = {
        kind: 'system',
        reason: 'provider callback',
        request: requestFactsOf(request.headers),
      } as const;
      await appendAudit(tx, ctx, {
        action: 'identity_provider.refused',
        subjectId: attempt.identityProviderId,
        outcome: 'denied',
        details: {
          code: error.code,
          ...(subject ? { subject: subject.subject, username: subject.username } : {}),
        },
      });
    }
    return await recordFailure(tx, { ...attempt, intent: linking ? null : 'sign_in' }, error);
  });
}

function redirectTo(path: string, setCookie?: string): Response {
  const headers = new Headers({ location: path, 'cache-control': 'private, no-store' });
  if (setCookie) headers.append('set-cookie', setCookie);
  return new Response(null, { status: 302, headers });
}
