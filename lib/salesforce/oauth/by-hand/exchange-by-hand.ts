import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AnswerField, ExchangedByHand, OAuthApp, TokenAnswer } from '../../types';
import { exchangeCode } from '../exchange';
import { revokeGrant } from '../revoke';
import { parseObject } from '../token-answer';

/** Fields of a token answer that give nobody access. Whatever else comes is masked. */
const HARMLESS = new Set([
  'scope',
  'instance_url',
  'id',
  'token_type',
  'issued_at',
  'signature',
  'token_format',
  'api_instance_url',
  'sfdc_community_url',
  'sfdc_community_id',
]);

const SHOWN_OF_A_SECRET = 6;

/**
 * Exchanges a code to look at the answer, and gives the grant back at once. The tokens end here: what comes out names
 * their first characters and their length. `giveBack` takes over a grant whose end the org did not confirm, or that came
 * too late or failed a check; nobody waits for it. Throws as `exchangeCode`.
 */
export async function exchangeByHand(input: {
  app: OAuthApp;
  redirectUri: string;
  code: string;
  codeVerifier: string;
  giveBack: (tokens: Pick<TokenAnswer, 'accessToken' | 'refreshToken'>) => Promise<void>;
}): Promise<ExchangedByHand> {
  const { app, redirectUri, code, codeVerifier, giveBack } = input;
  // The browser that brought the code is in front of the person: there is no attempt to tell apart.
  const state = 'by-hand';
  let body: Record<string, unknown> = {};
  const answer = await exchangeCode({
    app,
    redirectUri,
    params: new URLSearchParams({ code, state }),
    state,
    codeVerifier,
    nonce: null,
    giveBack,
    onBody: (text) => {
      body = parseObject(text) ?? {};
    },
  });
  const { confirmed, fault } = await revokeGrant(app, answer);
  if (!confirmed) void giveBack(answer);
  return {
    fields: Object.entries(body).map(([name, value]) => toField(name, value)),
    signature: checkSignature(body, app.clientSecret),
    issuedAt: answer.issuedAt.toISOString(),
    revocation: { confirmed, fault },
  };
}

function toField(name: string, value: unknown): AnswerField {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (HARMLESS.has(name)) return { name, value: text, maskedLength: null };
  return { name, value: text.slice(0, SHOWN_OF_A_SECRET), maskedLength: text.length };
}

/**
 * Salesforce signs `id` and `issued_at` with the consumer secret: Base64 of HMAC-SHA256. Source: Salesforce help,
 * "OAuth 2.0 Web Server Flow", `signature`.
 */
function checkSignature(body: Record<string, unknown>, secret: string | null): ExchangedByHand['signature'] {
  const { id, issued_at: issuedAt, signature } = body;
  if (typeof signature !== 'string' || signature === '') return 'missing';
  if (secret === null) return 'unknown';
  const expected = createHmac('sha256', secret).update(`${id}${issuedAt}`).digest();
  const shown = Buffer.from(signature, 'base64');
  return shown.length === expected.length && timingSafeEqual(shown, expected) ? 'verified' : 'wrong';
}
