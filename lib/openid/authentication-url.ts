import type { Discovered } from './discover';

export interface AuthenticationInput {
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  nonce: string;
  /** S256 of the verifier (RFC 7636 §4.2). */
  codeChallenge: string;
  /** Asks for a login now, and for the time of it in the ID token. */
  fresh: boolean;
}

/** The address of the provider's sign-in page for one attempt (OpenID Connect Core §3.1.2.1). */
export function authenticationUrl({ report }: Discovered, input: AuthenticationInput): string {
  const url = new URL(report.authorizationEndpoint);
  const parameters: Record<string, string> = {
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: input.redirectUri,
    scope: input.scopes.join(' '),
    state: input.state,
    nonce: input.nonce,
    code_challenge: input.codeChallenge,
    code_challenge_method: 'S256',
    ...(input.fresh ? { prompt: 'login', max_age: '0' } : {}),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
