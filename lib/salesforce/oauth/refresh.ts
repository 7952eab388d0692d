import * as oauth from 'oauth4webapi';
import { AppError, type SalesforceFault, toProblem } from '@/lib/errors';
import { makeFault } from '../fault';
import type { OAuthApp, RefreshOutcome, SpendResult, TokenAnswer } from '../types';
import { faultOf } from './faults';
import { partiesOf, requireResult, sendOnce } from './server';
import { checkTokenBody, looseAnswer, parseObject, readTokenBody, type TokenBody } from './token-answer';

/** The app's settings, or the portal's network address: nothing that another user's token would change. */
const APP_FAULT =
  /^(?:invalid_client|invalid_client_id|unauthorized_client|unsupported_grant_type|oauth_flow_disabled|oauth_policy_not_found|inactive_org|app_not_found|oauth_ec_app_not_found|ecapp_policy_not_found|(?:oauth_|fail_close_)?app_blocked)$/;
const REFUSED = /^(?:invalid_grant|inactive_user|invalid_app_access)$/;

/** How the token endpoint names errors. A gateway's JSON has a sentence there, such as `Service Unavailable`. */
const OAUTH_ERROR = /^[a-z]+(?:_[a-z]+)*$/;

/**
 * Posts a refresh token once (RFC 6749 §6). Never throws for what happens on the wire: the result says whether the
 * token left. Write an answer down first, then read it with `readRefreshAnswer`. Throws `HOST_NOT_ALLOWED`.
 */
export async function spendRefreshToken(input: {
  app: OAuthApp;
  refreshToken: string;
  mayStillSend: () => boolean;
  silenceMs?: number;
}): Promise<SpendResult> {
  const { app, refreshToken, mayStillSend, silenceMs } = input;
  const { server, client, authentication } = partiesOf(app);
  const sent = sendOnce(app, { mayStillSend, ...(silenceMs === undefined ? {} : { silenceMs }) });
  const scopes = app.settings?.refreshScopes ?? null;
  await oauth
    .refreshTokenGrantRequest(server, client, authentication, refreshToken, {
      ...sent.request,
      ...(scopes === null ? {} : { additionalParameters: { scope: scopes.join(' ') } }),
    })
    .catch((error: unknown) => {
      if (sent.result === null) throw error;
    });
  return requireResult(sent);
}

/**
 * Reads the answer to a refresh. Only what is certain is said: whatever is neither a success nor a clear word of the
 * token endpoint itself is `uncertain`, because a gateway may give up while Salesforce goes on to rotate. `secrets`
 * (what was sent) are kept out of the words that are quoted.
 */
export function readRefreshAnswer(
  result: Extract<SpendResult, { kind: 'answered' }>,
  expected: { orgId: string; userId: string; secrets?: ReadonlyArray<string | null> },
): RefreshOutcome {
  const tokens = result.status === 200 ? readTokenBody(result.body) : null;
  if (tokens !== null) return readSuccess(tokens, expected);
  const fault = faultOf(result, expected.secrets ?? []);
  return { kind: failureKind(result, fault), fault };
}

/** Salesforce's words for a spend that got no answer, for rows and pages. */
export function lostFault(reason: string): SalesforceFault {
  return makeFault({ error: 'answer_lost', description: reason, status: null });
}

function failureKind(
  result: Extract<SpendResult, { kind: 'answered' }>,
  fault: SalesforceFault,
): Exclude<RefreshOutcome['kind'], 'success'> {
  if (result.status === 425 || result.status === 429) return 'retry_later';
  const error = parseObject(result.body)?.error;
  if (typeof error !== 'string') return 'uncertain';
  if (result.status === 503) return OAUTH_ERROR.test(error) ? 'retry_later' : 'uncertain';
  if (![400, 401, 403].includes(result.status)) return 'uncertain';
  return wordsKind(fault.error.toLowerCase(), (fault.description ?? '').toLowerCase());
}

function wordsKind(error: string, description: string): 'uncertain' | 'refused' | 'app_fault' {
  // Salesforce's two texts for "another request with this token is at work"; the second is the older one.
  if (/already being processed|expired authorization code/.test(description)) return 'uncertain';
  if (/ip.?restricted/.test(description) || APP_FAULT.test(error)) return 'app_fault';
  return REFUSED.test(error) ? 'refused' : 'uncertain';
}

type Owner = Pick<TokenAnswer, 'orgId' | 'userId'>;

/** A success, held against whom the grant belongs to; null: nobody is expected yet. */
export function readSuccess(
  tokens: TokenBody,
  expected: Owner | null,
): Extract<RefreshOutcome, { kind: 'success' }> {
  try {
    const answer = checkTokenBody(tokens);
    const stranger = expected && readStranger(answer, expected);
    return { kind: 'success', answer, distrust: stranger && toProblem(stranger) };
  } catch (error) {
    return { kind: 'success', answer: looseAnswer(tokens), distrust: toProblem(error) };
  }
}

/** Why an answer is not that of the grant's own user. Null: it is. */
function readStranger(got: Owner, expected: Owner): AppError | null {
  if (got.orgId !== expected.orgId) {
    return new AppError('CONSENT_WRONG_ORG', 'Salesforce answered the refresh in the name of another org.', {
      nextStep: 'Reconnect, and ask your administrator to check the address of the environment.',
      details: { expectedOrg: expected.orgId, org: got.orgId },
    });
  }
  if (got.userId === expected.userId) return null;
  return new AppError('CONSENT_WRONG_USER', 'Salesforce answered the refresh in the name of another user.', {
    nextStep: 'Reconnect, and ask your administrator to look at the log of this time.',
    details: { expectedUser: expected.userId, user: got.userId },
  });
}
