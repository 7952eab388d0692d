import { secretsOf } from '@/simulator/apps/secrets';
import type { Exchange } from '@/simulator/exchange';
import { oauthError } from '@/simulator/oauth/errors';
import { sameSecret } from '@/simulator/state/token-values';
import type { SimApp, SimResponse } from '@/simulator/types';

export type ClientCheck = { app: SimApp } | { refused: SimResponse };

/**
 * Authenticates the client from the body or a Basic header. A secret that is sent is always validated;
 * one that is required must be sent.
 */
export function authenticateClient(
  exchange: Exchange,
  isSecretRequired: (app: SimApp) => boolean,
): ClientCheck {
  const sent = readCredentials(exchange);
  if ('refused' in sent) return sent;
  exchange.entry.clientId = sent.clientId;
  const app = exchange.state.appById(sent.clientId);
  if (!app) return { refused: oauthError('invalid_client_id', 'client identifier invalid') };
  if (sent.secret === null) {
    return isSecretRequired(app) ? { refused: invalidCredentials() } : { app };
  }
  const secrets = secretsOf(app, sent.clientId, exchange.state.clock.now());
  const isRight = secrets.some((secret) => sameSecret(sent.secret ?? '', secret));
  return isRight ? { app } : { refused: invalidCredentials() };
}

function invalidCredentials(): SimResponse {
  return oauthError('invalid_client', 'invalid client credentials');
}

function readCredentials({
  request,
  form,
}: Exchange): { clientId: string | null; secret: string | null } | { refused: SimResponse } {
  const header = request.headers.authorization;
  const inBody = { clientId: form.get('client_id'), secret: form.get('client_secret') };
  if (header === undefined) return inBody;
  const basic = readBasic(header);
  if (!basic) return { refused: oauthError('invalid_basic_auth_header', 'invalid basic auth header') };
  if (inBody.secret !== null || (inBody.clientId !== null && inBody.clientId !== basic.clientId)) {
    // RFC 6749 §2.3: one method of client authentication in each request.
    return { refused: oauthError('invalid_request', 'client credentials sent twice') };
  }
  return basic;
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(header: string): { clientId: string; secret: string } | null {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  if (!encoded) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const cut = decoded.indexOf(':');
  if (cut < 1) return null;
  return { clientId: formDecode(decoded.slice(0, cut)), secret: formDecode(decoded.slice(cut + 1)) };
}

function formDecode(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? '';
}
