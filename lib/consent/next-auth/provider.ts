import { randomUUID } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { giveBackGrant } from '@/lib/connections/revocation/stray/revoke-stray-token';
import { storeGrant } from '@/lib/connections/store-grant';
import { openVerifier } from '@/lib/consent/attempts';
import { grantToHolder } from '@/lib/consent/links/hand-over';
import { exchangeWithEitherSecret } from '@/lib/consent/next-auth/exchange-with-either-secret';
import type { ConsentFlow, ConsentOutcome } from '@/lib/consent/next-auth/flow';
import { completeSignIn } from '@/lib/consent/sign-in';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import { revokeGrant } from '@/lib/salesforce/oauth/revoke';
import { fetchUserInfo } from '@/lib/salesforce/oauth/userinfo';
import type { OAuthApp, TokenAnswer, UserInfo } from '@/lib/salesforce/types';
import { cookieOptions, sessionCookieName } from '@/lib/session/request/cookies';
import { SESSION_MAX_AGE_SECONDS, sessionSecret } from '@/lib/session/token';

/** Said to next-auth in place of every error: it would put an error's words into a URL and a log. */
const REFUSED = 'the consent was refused';

/** What next-auth sees of a Salesforce user. */
interface ConsentProfile {
  sub: string;
}

/**
 * The custom provider of one environment, made for one callback. next-auth's own state, PKCE and nonce cookies are
 * off, since two tabs would share them: our attempt row holds all three, and `token.request` checks them.
 */
export function salesforceProvider(flow: ConsentFlow): OAuthConfig<ConsentProfile> {
  const { attempt, app } = flow;
  return {
    id: attempt.environment.slug,
    name: attempt.environment.name,
    type: 'oauth',
    checks: ['none'],
    clientId: app.clientId,
    authorization: { url: `${app.tokenHost}/services/oauth2/authorize` },
    token: {
      url: `${app.tokenHost}/services/oauth2/token`,
      request: ({ params }) =>
        guarded(flow, async () => {
          const query = new URLSearchParams(params as Record<string, string>);
          await holdStop(spendCode(flow, query));
          // The only thing that next-auth and its callbacks ever hold in place of a token.
          return { tokens: { access_token: attempt.id } };
        }),
    },
    userinfo: {
      url: `${app.tokenHost}/services/oauth2/userinfo`,
      request: () => guarded(flow, async () => ({ sub: requireUser(flow).userId })),
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** next-auth's options for one callback: one provider, a cookie that carries only a session id, a quiet logger. */
export function consentAuthOptions(flow: ConsentFlow): AuthOptions {
  const { maxAge: _, ...cookie } = cookieOptions(SESSION_MAX_AGE_SECONDS);
  return {
    providers: [salesforceProvider(flow)],
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    useSecureCookies: cookie.secure,
    cookies: { sessionToken: { name: sessionCookieName(), options: cookie } },
    callbacks: {
      // A path ends next-auth's work there: connecting leaves the portal session as it is.
      signIn: () =>
        guarded(flow, async () => {
          flow.outcome ??= await completeSignIn(flow, requireUser(flow));
          return flow.outcome.kind === 'signed_in' || flow.outcome.path;
        }).catch(() => false),
      jwt: async () => (flow.outcome?.kind === 'signed_in' ? { sid: flow.outcome.sessionId } : {}),
    },
    logger: {
      error: (code) => log().debug({ nextAuth: code }, 'next-auth reported an error'),
      warn: (code) => log().debug({ nextAuth: code }, 'next-auth warned'),
      debug: () => undefined,
    },
  };
}

/** Exchanges the code. The tokens live in this function and below it only. */
async function spendCode(flow: ConsentFlow, params: URLSearchParams): Promise<void> {
  const { attempt, app } = flow;
  const answer = await exchangeWithEitherSecret(attempt.environmentId, {
    app,
    redirectUri: redirectUriOf(attempt.environment.slug),
    params,
    state: flow.state,
    codeVerifier: await openVerifier(attempt),
    nonce: attempt.nonce,
    giveBack: (tokens) => giveBack(flow, tokens),
  });
  flow.user = await askWhoItIs(flow, answer);
  if (attempt.intent === 'connect') flow.outcome = await handOver(flow, answer, flow.user);
  else revokeAfterUse(app, answer);
}

/** A grant to connect takes one of the user's five until it is revoked for certain; a sign-in's token does not. */
async function giveBack({ attempt, app }: ConsentFlow, tokens: GrantTokens): Promise<void> {
  if (attempt.intent !== 'connect') return revokeAfterUse(app, tokens);
  const { environmentId } = attempt;
  await giveBackGrant({ environmentId, app, grantId: randomUUID() }, tokens);
}

type GrantTokens = Pick<TokenAnswer, 'accessToken' | 'refreshToken'>;

/** Salesforce's word on who came back. A grant whose owner cannot be told is given back. */
async function askWhoItIs(flow: ConsentFlow, answer: TokenAnswer): Promise<UserInfo> {
  try {
    const user = await fetchUserInfo({
      tokenHost: flow.app.tokenHost,
      accessToken: answer.accessToken,
      timeoutMs: flow.app.settings?.patienceMs ?? 10_000,
    });
    if (user.orgId === answer.orgId && user.userId === answer.userId) return user;
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce named two different users in one consent.', {
      nextStep: 'Start again. If it happens again, ask your administrator to look at the log of this time.',
    });
  } catch (error) {
    // Not waited for: Salesforce's answer to it changes nothing.
    void holdStop(giveBack(flow, answer));
    throw error;
  }
}

/** Hands the grant to its keeper at once. The callback has checked that the person who began is signed in here. */
async function handOver(flow: ConsentFlow, answer: TokenAnswer, user: UserInfo): Promise<ConsentOutcome> {
  const { attempt, app, current, link, request } = flow;
  if (link) {
    await grantToHolder(link, { environmentId: attempt.environmentId, app, answer, user, request });
    return { kind: 'connected', path: `/connect/done/${link.id}` };
  }
  if (current === null) throw new AppError('UNAUTHENTICATED', 'You are signed out.');
  const { connectionId } = await storeGrant(current, {
    environmentId: attempt.environmentId,
    app,
    answer,
    user,
    ownerId: current.personId,
    mayPinOrg: current.role === 'admin',
    reconnects: attempt.reconnects,
    purpose: attempt.purpose,
  });
  return { kind: 'connected', path: attempt.callbackPath || `/connections/${connectionId}` };
}

/** Signing in keeps no token. Not waited for: Salesforce's answer to it changes nothing. */
function revokeAfterUse(app: OAuthApp, tokens: GrantTokens): void {
  const work = revokeGrant(app, tokens).then(
    ({ confirmed, fault }) => {
      if (!confirmed) log().warn({ fault }, 'the token of a sign-in could not be revoked');
    },
    (error: unknown) => log().warn({ err: error }, 'the token of a sign-in could not be revoked'),
  );
  void holdStop(work);
}

/** Keeps the first error for our own page and lets next-auth see a fixed sentence. */
async function guarded<T>(flow: ConsentFlow, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    flow.failure ??= error;
    throw new Error(REFUSED);
  }
}

function requireUser(flow: ConsentFlow): UserInfo {
  if (flow.user) return flow.user;
  throw new AppError('CONSENT_ATTEMPT_UNKNOWN', 'The consent has not been answered.');
}
