import type { Exchange } from '@/simulator/exchange';
import { json } from '@/simulator/http/respond';
import { idTokenOf } from '@/simulator/oauth/id-token';
import { identityUrlOf } from '@/simulator/oauth/identity-facts';
import type { Grant } from '@/simulator/state/grants';
import { signatureOf } from '@/simulator/state/token-values';
import type { SimApp, SimResponse, SimUser } from '@/simulator/types';

interface AnswerParts {
  readonly app: SimApp;
  readonly user: SimUser;
  readonly grant: Grant;
  /** Null: the client keeps the one it has. */
  readonly refreshToken: string | null;
  readonly nonce: string | null;
}

/** A token answer: `issued_at` is text in milliseconds, and there is no `expires_in`. */
export async function tokenAnswer({ state }: Exchange, parts: AnswerParts): Promise<SimResponse> {
  const { app, user, grant, refreshToken, nonce } = parts;
  const { org } = state;
  const token = state.grants.issueAccessToken(grant);
  const id = identityUrlOf(org, user);
  const issuedAt = String(token.issuedAt);
  const openid = grant.scopes.includes('openid');
  return json(200, {
    access_token: token.value,
    ...(refreshToken !== null && { refresh_token: refreshToken }),
    signature: signatureOf(app.clientSecret, id, issuedAt),
    scope: grant.scopes.join(' '),
    ...(openid && { id_token: await idTokenOf(state, { app, user, accessToken: token.value, nonce }) }),
    instance_url: org.instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  });
}
