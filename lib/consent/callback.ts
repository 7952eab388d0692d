import { withSystem } from '@/db/client';
import { type ConsumedAttempt, consumeAttempt } from '@/lib/consent/attempts';
import { recordFailure, type UnattributedFailure } from '@/lib/consent/failures';
import { type LinkUnderWay, requireLinkUnderWay } from '@/lib/consent/links/hand-over';
import type { ConsentFlow } from '@/lib/consent/next-auth/flow';
import { runNextAuth } from '@/lib/consent/next-auth/handler';
import { auditRefusal, type RefusedConsent } from '@/lib/consent/sign-in';
import type { PersonContext } from '@/lib/context';
import { environmentDeleted } from '@/lib/environments/deleted';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { AppError, toProblem } from '@/lib/errors';
import { log, logRefused } from '@/lib/log';
import { environmentDisabled } from '@/lib/people/access/refusals';
import { readCallbackError } from '@/lib/salesforce/oauth/exchange';
import type { OAuthApp } from '@/lib/salesforce/types';
import { contextOf } from '@/lib/session/context';
import { browserCookieName, readCookie, sessionCookieName } from '@/lib/session/request/cookies';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { matchesHash } from '@/lib/session/secret-hash';

/**
 * Salesforce's answer to a consent, at `/api/auth/callback/<slug>`. Uses the attempt up first, whatever the answer
 * says, then checks browser, environment and session, and only then lets next-auth work on the code. Always a
 * redirect to a path of this portal.
 */
export async function answerConsent(request: Request, slug: string): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const state = single(query, 'state');
  const attempt = state ? await withSystem('consent callback', (tx) => consumeAttempt(tx, state)) : null;
  if (!state || !attempt) return unattributed('unknown', request);
  const browser = readCookie(request.headers, browserCookieName());
  if (!matchesHash(browser, attempt.browserHash)) return unattributed('foreign-browser', request);
  // A connect link is answered by nobody of the portal, whoever is signed in in this browser.
  const current = attempt.connectLinkId ? null : await contextOf(request.headers);
  let flow: ConsentFlow | null = null;
  try {
    assertBelongs(attempt, slug, current);
    const link = await linkOf(attempt, browser);
    if (query.has('error')) throw readCallbackError(query);
    const code = single(query, 'code');
    if (!code)
      throw new AppError('CODE_INVALID', 'Salesforce’s answer holds no authorization code.', START_AGAIN);
    const app = await withSystem('consent callback', (tx) => openOAuthApp(tx, attempt.environmentId));
    assertSameApp(attempt, app);
    const facts = requestFactsOf(request.headers);
    flow = { attempt, state, app, request: facts, link, current, user: null, outcome: null, failure: null };
    return await finish(flow, code);
  } catch (error) {
    return await explain(
      { attempt, current, user: flow?.user ?? null, request: requestFactsOf(request.headers) },
      error,
    );
  }
}

const START_AGAIN = { nextStep: 'Start again from Orgdock.' };

async function finish(flow: ConsentFlow, code: string): Promise<Response> {
  const answer = await runNextAuth(flow, { code, state: flow.state });
  if (flow.failure) throw flow.failure;
  if (flow.outcome === null) throw new Error('next-auth ended a consent without an outcome');
  const headers = new Headers({ location: flow.outcome.path, 'cache-control': 'private, no-store' });
  if (flow.outcome.kind === 'signed_in') {
    const session = answer.cookies.filter((cookie) => cookie.startsWith(`${sessionCookieName()}=`));
    if (session.length !== 1) throw new Error('next-auth gave no session cookie');
    headers.append('set-cookie', session[0] ?? '');
  }
  return new Response(null, { status: 302, headers });
}

/** Mix-up (RFC 9700 §4.4), age, and the session that began: a consent is worth nothing in another one. */
function assertBelongs(attempt: ConsumedAttempt, slug: string, current: PersonContext | null): void {
  if (attempt.environment.slug !== slug) {
    throw new AppError('CONSENT_STATE_MISMATCH', 'This answer came back for another environment.', {
      nextStep: 'Start again from Orgdock. Nothing was stored.',
    });
  }
  if (attempt.environment.deleted) throw environmentDeleted(attempt.environment.name);
  if (attempt.environment.status === 'disabled') throw environmentDisabled(attempt.environment.name);
  if (attempt.expired) {
    throw new AppError('CONSENT_ATTEMPT_EXPIRED', 'This consent took longer than ten minutes.', START_AGAIN);
  }
  if (attempt.connectLinkId) return;
  if (attempt.purpose === 'bootstrap' && current !== null && current.role !== 'admin') {
    throw new AppError('FORBIDDEN', 'Only administrators set apps up, and you are none any more.');
  }
  const bound = attempt.intent === 'connect' || attempt.fresh;
  if (bound && (current === null || current.sessionId !== attempt.sessionId)) {
    throw new AppError(
      'CONSENT_FOREIGN_BROWSER',
      'You signed out, or signed in again, while the consent was under way.',
      { nextStep: 'Sign in and start again. Nothing was stored.' },
    );
  }
}

async function linkOf(attempt: ConsumedAttempt, browser: string | null): Promise<LinkUnderWay | null> {
  if (!attempt.connectLinkId) return null;
  return await withSystem('consent callback', (tx) => requireLinkUnderWay(tx, attempt, browser));
}

/** The code is for the app that the person was sent to, and no other host may see it or the verifier. */
function assertSameApp(attempt: ConsumedAttempt, app: OAuthApp): void {
  if (attempt.tokenHost === app.tokenHost && attempt.clientId === app.clientId) return;
  throw new AppError(
    'CONSENT_ATTEMPT_EXPIRED',
    'The app of this environment was changed while the consent was under way.',
    { nextStep: 'Start again from Orgdock. Nothing was stored, and Salesforce’s answer was sent nowhere.' },
  );
}

async function explain(refused: RefusedConsent, error: unknown): Promise<Response> {
  const { attempt } = refused;
  if (!(error instanceof AppError)) log().error({ err: error, attempt: attempt.id }, 'a consent failed');
  const path = await withSystem('consent failure', async (tx) => {
    await auditRefusal(tx, refused, toProblem(error));
    return recordFailure(tx, attempt, error);
  });
  return redirectTo(path);
}

function unattributed(failure: UnattributedFailure, { headers }: Request): Response {
  const { ip, requestId } = requestFactsOf(headers);
  logRefused('consent answer', { failure, ip, requestId });
  return redirectTo(`/consent/${failure}`);
}

function redirectTo(path: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location: path, 'cache-control': 'private, no-store' },
  });
}

/** A parameter that came exactly once; repeated ones are refused (RFC 6749 §3.1). */
function single(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name);
  return values.length === 1 ? (values[0] ?? null) : null;
}
