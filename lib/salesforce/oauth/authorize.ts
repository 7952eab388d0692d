import type { OAuthApp } from '../types';
import { isReservedInAuthorizeUrl } from './reserved-names';
import { partiesOf } from './server';

export interface AuthorizationInput {
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  /** S256 of the verifier (RFC 7636 §4.2). */
  codeChallenge: string;
  nonce?: string | null | undefined;
  prompt?: 'login' | 'consent' | 'select_account' | 'login consent' | null | undefined;
  loginHint?: string | null | undefined;
}

/** The address of Salesforce's consent page for one attempt (RFC 6749 §4.1.1). Throws `HOST_NOT_ALLOWED`. */
export function authorizationUrl(app: OAuthApp, input: AuthorizationInput): string {
  const url = new URL(partiesOf(app).server.authorization_endpoint ?? '');
  for (const [name, value] of Object.entries(app.settings?.authorizeParameters ?? {})) {
    if (!isReservedInAuthorizeUrl(name)) url.searchParams.set(name, value);
  }
  const parameters: Record<string, string | null | undefined> = {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: input.redirectUri,
    scope: input.scopes.join(' '),
    state: input.state,
    code_challenge: input.codeChallenge,
    code_challenge_method: 'S256',
    nonce: input.nonce,
    prompt: input.prompt,
    login_hint: input.loginHint,
  };
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}
