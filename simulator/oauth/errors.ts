import { json, text } from '@/simulator/http/respond';
import type { SimResponse } from '@/simulator/types';

/** An OAuth error as the token, revoke and introspect endpoints answer it. */
export function oauthError(error: string, description: string, status = 400): SimResponse {
  return json(status, { error, error_description: description });
}

/** A refusal of the identity services: plain text, 403 ("Identity URLs"). */
export function identityError(code: string): SimResponse {
  return text(403, code, 'text/html;charset=UTF-8');
}

/** Salesforce's own page for authorize errors that it does not send back to the callback. */
export function errorPageRedirect(origin: string, error: string, description: string): SimResponse {
  const query = new URLSearchParams({ error, error_description: description });
  return redirect(`${origin}/setup/secur/RemoteAccessErrorPage.apexp?${query}`);
}

/** A 302 without body. */
export function redirect(
  location: string,
  headers: Record<string, string | readonly string[]> = {},
): SimResponse {
  return { status: 302, body: { kind: 'empty' }, headers: { Location: location, ...headers } };
}

/** Sends an answer to the app's redirect URI, keeping a query that the URI already has. */
export function callbackRedirect(redirectUri: string, answer: Record<string, string | null>): SimResponse {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) if (value !== null) query.set(name, value);
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`);
}
