import { withinOrNull } from '@/lib/connections/refresh/clock';
import { revocationPolicy } from '@/lib/connections/revocation/policy';
import { AppError, type SalesforceFault, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { makeFault } from '@/lib/salesforce/fault';
import { introspectToken } from '@/lib/salesforce/oauth/introspect';
import { revokeToken } from '@/lib/salesforce/oauth/revoke';
import { fetchUserInfo } from '@/lib/salesforce/oauth/userinfo';
import type { Revocation, RevokingApp } from '@/lib/salesforce/types';

/** What shows that a grant has ended: Salesforce's introspection, a use that it refused, or only its answer to `/revoke`. */
export type RevocationProof = 'introspection' | 'refused_use' | 'answer';

export interface RevocationResult extends Revocation {
  /** Null: not confirmed. */
  proof: RevocationProof | null;
  /** What introspection said of the token. Null: it was not asked, or did not tell. */
  introspected: 'active' | 'inactive' | null;
  /** Not sent, and never to be: the refresh token may have been spent by another copy of the database. */
  mayBeSpent?: boolean;
}

/** One revocation to be sent. */
export interface RevocationOrder {
  app: RevokingApp;
  /** Whether the app may ask Salesforce afterwards what it counts the token as. */
  mayIntrospect: boolean;
  /** The refresh token, which is certainly unspent; the access token of a grant that has none. */
  openToken(): Promise<string>;
  /** For the refused use. Null: there is none at hand. */
  openAccessToken(): Promise<string | null>;
  mayStillSend?: () => boolean;
}

/**
 * Revokes a grant at its token host and then looks whether it has ended: a 200 that introspection or a use of the
 * access token contradicts confirms nothing. Never throws.
 */
export async function revokeAndVerify(order: RevocationOrder): Promise<RevocationResult> {
  let token: string;
  let answer: Revocation;
  try {
    token = await order.openToken();
    const { app, mayStillSend } = order;
    answer = await revokeToken({ app, token, ...(mayStillSend ? { mayStillSend } : {}) });
  } catch (error) {
    log().error({ err: error }, 'a revocation could not be sent');
    const { code, message } = toProblem(error);
    const fault = makeFault({ error: code, description: message, status: null });
    return { sent: false, confirmed: false, fault, proof: null, introspected: null };
  }
  return answer.confirmed
    ? await verify(order, token, answer)
    : { ...answer, proof: null, introspected: null };
}

async function verify(order: RevocationOrder, token: string, answer: Revocation): Promise<RevocationResult> {
  const active = order.mayIntrospect ? await askWhetherActive(order.app, token) : null;
  const introspected = active === null ? null : active ? 'active' : 'inactive';
  if (introspected === 'inactive') return { ...answer, proof: 'introspection', introspected };
  if (introspected === 'active') return contradicted('introspection calls the token active', introspected);
  const refused = await askWhetherRefused(order);
  if (refused === false) return contradicted('the access token still works', introspected);
  return { ...answer, proof: refused ? 'refused_use' : 'answer', introspected };
}

function contradicted(how: string, introspected: RevocationResult['introspected']): RevocationResult {
  const fault: SalesforceFault = makeFault({
    error: 'still_active',
    description: `Salesforce answered that the grant is revoked, but ${how}`,
    status: 200,
  });
  return { sent: true, confirmed: false, fault, proof: null, introspected };
}

/** Null: introspection did not tell. */
async function askWhetherActive(app: RevokingApp, token: string): Promise<boolean | null> {
  try {
    const answer = await patiently(introspectToken({ app, token, hint: 'refresh_token' }));
    return answer?.active ?? null;
  } catch (error) {
    log().debug({ code: toProblem(error).code }, 'introspection did not verify a revocation');
    return null;
  }
}

/** Null: there is no access token at hand, or its use did not tell. */
async function askWhetherRefused({ app, openAccessToken }: RevocationOrder): Promise<boolean | null> {
  try {
    const accessToken = await openAccessToken();
    if (accessToken === null) return null;
    const user = await patiently(fetchUserInfo({ tokenHost: app.tokenHost, accessToken }));
    return user === null ? null : false;
  } catch (error) {
    return error instanceof AppError && isRefusedToken(error.salesforce) ? true : null;
  }
}

/** Other refusals, such as a missing scope or an inactive user, say nothing about the grant. */
function isRefusedToken(fault: SalesforceFault | null): boolean {
  return fault !== null && (fault.status === 401 || fault.error === 'Bad_OAuth_Token');
}

function patiently<T>(question: Promise<T>): Promise<T | null> {
  // Nobody hears what it comes to after that.
  question.catch(() => undefined);
  return withinOrNull(question, revocationPolicy().verifyMs);
}
