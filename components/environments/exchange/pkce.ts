/** A verifier and its S256 challenge (RFC 7636 §4). */
export interface PkcePair {
  verifier: string;
  challenge: string;
}

/** Made in the browser, so that the verifier is nowhere else before it is sent. */
export async function makePkcePair(): Promise<PkcePair> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)) };
}

/** The address of Salesforce's consent page, as RFC 6749 §4.1.1 and RFC 7636 §4.3 write it. */
export function authorizeUrlOf(input: {
  authorizeUrl: string;
  /** What the environment adds to it. */
  parameters: Record<string, string>;
  clientId: string;
  redirectUri: string;
  scopes: string;
  challenge: string;
}): string {
  const query = new URLSearchParams({
    ...input.parameters,
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: input.redirectUri,
    scope: input.scopes,
    state: 'by-hand',
    code_challenge: input.challenge,
    code_challenge_method: 'S256',
  });
  return `${input.authorizeUrl}?${query}`;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
