import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, type JWTPayload } from 'jose';
import type { Exchange } from '@/simulator/exchange';
import { oauthError } from '@/simulator/oauth/errors';
import { checkApp, checkUser } from '@/simulator/oauth/service/check-app';
import { serviceAnswer } from '@/simulator/oauth/service/service-answer';
import type { SimApp, SimOrg, SimResponse, SimUser } from '@/simulator/types';

/** "The expiration time of the assertion, within three minutes" ("OAuth 2.0 JWT Bearer Flow"), either way. */
const SKEW_SECONDS = 180;

/** `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer` (RFC 7523 §2.1): the assertion is the whole proof. */
export async function jwtBearerGrant(exchange: Exchange): Promise<SimResponse> {
  const { state, form, entry } = exchange;
  const assertion = form.get('assertion') ?? '';
  const claims = readClaims(assertion);
  if (!claims) return refusal('invalid assertion');
  entry.clientId = claims.iss ?? null;
  const app = state.appById(claims.iss ?? null);
  if (!app) return oauthError('invalid_client_id', 'client identifier invalid');
  const refused = checkApp(app);
  if (refused) return refused;
  if (!(await isSigned(app, assertion))) return refusal('invalid assertion');
  if (!audiencesOf(state.org).includes(claims.aud)) return refusal('Audience validation failed');
  // Salesforce's own words for an assertion that is too old, or lives too long.
  if (!isInTime(claims.exp, state.clock.now())) return refusal('expired authorization code');
  const user = state.userByName(claims.username);
  entry.username = user?.username ?? null;
  if (!user) return notApproved();
  return (
    checkUser(app, user) ?? (isApproved(exchange, app, user) ? answer(exchange, app, user) : notApproved())
  );
}

interface Claims {
  readonly iss: string | undefined;
  /** `prn` wins over `sub`. */
  readonly username: string;
  readonly aud: string;
  readonly exp: number | undefined;
}

function readClaims(assertion: string): Claims | null {
  try {
    const payload: JWTPayload & { prn?: unknown } = decodeJwt(assertion);
    const { iss, sub, aud, exp, prn } = payload;
    if (typeof aud !== 'string') return null;
    return { iss, username: typeof prn === 'string' ? prn : (sub ?? ''), aud: aud.replace(/\/$/, ''), exp };
  } catch {
    return null;
  }
}

async function isSigned(app: SimApp, assertion: string): Promise<boolean> {
  if (app.certificate === null) return false;
  try {
    await compactVerify(assertion, createPublicKey(app.certificate), { algorithms: ['RS256'] });
    return true;
  } catch {
    return false;
  }
}

/** The org's own host is its My Domain. */
function audiencesOf({ origin, isSandbox }: SimOrg): string[] {
  return [origin, isSandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com'];
}

/** The sf CLI sends milliseconds. */
function isInTime(exp: number | undefined, now: number): boolean {
  if (exp === undefined) return false;
  const seconds = exp > 1e12 ? exp / 1000 : exp;
  return Math.abs(seconds - now / 1000) <= SKEW_SECONDS + 1;
}

/** Pre-authorised by an administrator, or approved by the user with a refresh token before. */
function isApproved({ state }: Exchange, app: SimApp, user: SimUser): boolean {
  return app.preApproved !== null || state.isApproved(user, app, ['refresh_token']);
}

function answer(exchange: Exchange, app: SimApp, user: SimUser): SimResponse {
  const scopes = app.scopes.filter((scope) => scope !== 'refresh_token');
  return serviceAnswer(exchange, { app, user, scopes, omit: ['signature', 'issued_at'] });
}

function notApproved(): SimResponse {
  return refusal("user hasn't approved this consumer");
}

function refusal(description: string): SimResponse {
  return oauthError('invalid_grant', description);
}
