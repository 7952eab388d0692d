import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import { makeFault } from '../fault';
import type { OAuthApp, TokenAnswer } from '../types';
import { oauthError } from './errors';
import { protocolError } from './faults';
import { revokeGrant } from './revoke';
import { type OAuthParties, partiesOf, type Sent, sendOnce } from './server';
import { checkTokenBody, parseObject, readTokenBody } from './token-answer';

export interface CodeExchange {
  app: OAuthApp;
  redirectUri: string;
  /** The query of the callback, as it came. */
  params: URLSearchParams;
  /** Of the attempt; compared before anything is sent. */
  state: string;
  codeVerifier: string;
  /** Null: `openid` was not asked for, so no id_token is expected. */
  nonce: string | null;
  /** How long the caller waits. The request itself reads on. */
  timeoutMs?: number;
  /**
   * Takes over a grant that nobody will hold: it failed a check, or came after its caller had stopped waiting. Left
   * out: it is revoked at once, with one try.
   */
  giveBack?: (tokens: UnwantedTokens) => Promise<void>;
  /** Sees a success as it was sent, tokens and all: for `lib/salesforce` only. */
  onBody?: (body: string) => void;
}

type UnwantedTokens = Pick<TokenAnswer, 'accessToken' | 'refreshToken'>;

/**
 * Exchanges an authorization code (RFC 6749 §4.1.3, RFC 7636) after checking `state`. Throws `AppError` with our code,
 * Salesforce's words and the next step; never with a token, code, secret or verifier. Tokens that arrive but fail a
 * check, and answers that come too late, are revoked: a grant nobody holds would take one of the user's five slots.
 */
export async function exchangeCode(input: CodeExchange): Promise<TokenAnswer> {
  const parties = partiesOf(input.app);
  const parameters = validatedParameters(parties, input);
  const work = holdStop(exchange(parties, parameters, input));
  const waited = await withPatience(work, input.timeoutMs ?? input.app.settings?.patienceMs ?? 10_000);
  if (waited !== null) return waited.answer;
  void holdStop(disposeLate(work, input));
  throw new AppError('TIMEOUT', 'Salesforce did not answer in time.', {
    nextStep: 'Start again. If Salesforce still answers this attempt, its grant is given back at once.',
    details: { host: new URL(input.app.tokenHost).host },
  });
}

/** Our reading of an error that Salesforce sent to the callback (`?error=…&error_description=…`). */
export function readCallbackError(params: URLSearchParams): AppError {
  const error = params.get('error') ?? 'unknown_error';
  return oauthError(makeFault({ error, description: params.get('error_description'), status: null }));
}

function validatedParameters(parties: OAuthParties, input: CodeExchange): URLSearchParams {
  try {
    return oauth.validateAuthResponse(parties.server, parties.client, input.params, input.state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw readCallbackError(input.params);
    throw new AppError(
      'CONSENT_STATE_MISMATCH',
      'This answer does not belong to the attempt that was started.',
      {
        nextStep: 'Start again from Orgdock, in this browser. Nothing was stored.',
      },
    );
  }
}

async function exchange(
  parties: OAuthParties,
  parameters: URLSearchParams,
  input: CodeExchange,
): Promise<{ answer: TokenAnswer }> {
  const { app } = input;
  const sent = sendOnce(app);
  const secrets = [app.clientSecret, input.codeVerifier, parameters.get('code')];
  try {
    const response = await oauth.authorizationCodeGrantRequest(
      parties.server,
      parties.client,
      parties.authentication,
      parameters,
      input.redirectUri,
      input.codeVerifier,
      sent.request,
    );
    return { answer: await checkedAnswer(parties, response, sent, input) };
  } catch (error) {
    await giveBack(input, sent);
    throw protocolError(error, sent, secrets);
  }
}

async function checkedAnswer(
  parties: OAuthParties,
  response: Response,
  sent: Sent,
  input: CodeExchange,
): Promise<TokenAnswer> {
  const raw = sent.result?.kind === 'answered' ? sent.result.body : '';
  const server = { ...parties.server, issuer: expectedIssuer(raw, parties.server.issuer) };
  const processed = await oauth.processAuthorizationCodeResponse(server, parties.client, response, {
    ...(input.nonce === null ? {} : { expectedNonce: input.nonce, requireIdToken: true }),
  });
  const body = readTokenBody(raw);
  if (body === null) throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer holds no tokens.');
  input.onBody?.(raw);
  const nonce = oauth.getValidatedIdTokenClaims(processed)?.nonce;
  return { ...checkTokenBody(body), nonce: typeof nonce === 'string' ? nonce : null };
}

/**
 * The issuer that an id_token may name: the host that we asked, Salesforce's common login hosts, or the org's own
 * host in `instance_url` (asked at login.salesforce.com, an org answers in the name of its My Domain).
 */
function expectedIssuer(body: string, asked: string): string {
  const answer = parseObject(body);
  if (typeof answer?.id_token !== 'string') return asked;
  try {
    const issuer = decodeJwt(answer.id_token).iss ?? '';
    const instance = checkOrigin(String(answer.instance_url)).origin;
    return ['https://login.salesforce.com', 'https://test.salesforce.com', instance].includes(issuer)
      ? issuer
      : asked;
  } catch {
    return asked;
  }
}

/** Tokens of an answer that failed a check. The failure itself is what the caller hears of. */
async function giveBack(input: CodeExchange, sent: Sent): Promise<void> {
  const body =
    sent.result?.kind === 'answered' && sent.result.status === 200 ? readTokenBody(sent.result.body) : null;
  if (body === null) return;
  await dispose(input, { accessToken: body.access_token, refreshToken: body.refresh_token ?? null });
}

async function dispose(input: CodeExchange, tokens: UnwantedTokens): Promise<void> {
  if (input.giveBack) return await input.giveBack(tokens);
  const { confirmed, fault } = await revokeGrant(input.app, tokens);
  if (!confirmed) log().warn({ fault }, 'a grant that nobody holds could not be revoked');
}

async function disposeLate(work: Promise<{ answer: TokenAnswer }>, input: CodeExchange): Promise<void> {
  const late = await work.catch(() => null);
  if (late === null) return;
  log().warn({ host: input.app.tokenHost }, 'a code exchange was answered after its caller had gone');
  await dispose(input, late.answer);
}

/** The value, or null when it did not come within the time. The work goes on. */
async function withPatience<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
