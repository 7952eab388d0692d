import type { Exchange } from '@/simulator/exchange';
import { json } from '@/simulator/http/respond';
import { identityUrlOf } from '@/simulator/oauth/identity-facts';
import { signatureOf } from '@/simulator/state/token-values';
import type { SimApp, SimResponse, SimUser } from '@/simulator/types';

interface ServiceAnswerParts {
  readonly app: SimApp;
  readonly user: SimUser;
  readonly scopes: readonly string[];
  /** What the answer of this flow does not have. */
  readonly omit: ReadonlyArray<'scope' | 'signature' | 'issued_at'>;
}

/** The answer of a flow without a person: an access token, and never a refresh token or an id_token. */
export function serviceAnswer({ state }: Exchange, parts: ServiceAnswerParts): SimResponse {
  const { app, user, scopes, omit } = parts;
  const token = state.grants.issueAccessToken(state.grants.create(user, app, scopes));
  const id = identityUrlOf(state.org, user);
  const issuedAt = String(token.issuedAt);
  const answer: Record<string, string> = {
    access_token: token.value,
    signature: signatureOf(app.clientSecret, id, issuedAt),
    scope: scopes.join(' '),
    instance_url: state.org.instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
  for (const field of omit) delete answer[field];
  return json(200, answer);
}
