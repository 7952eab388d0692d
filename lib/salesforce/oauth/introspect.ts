import * as oauth from 'oauth4webapi';
import { askWithEitherSecret } from '../either-secret';
import type { OAuthApp } from '../types';
import { protocolError } from './faults';
import { partiesOf, sendOnce } from './server';

interface Introspection {
  app: OAuthApp;
  token: string;
  hint: 'access_token' | 'refresh_token';
}

/**
 * Whether Salesforce still counts a token as active (RFC 7662), asked with the app's other secret when it refuses one
 * while two are held. Throws `AppError` when it does not say.
 */
export function introspectToken(input: Introspection): Promise<{ active: boolean; expiresAt: Date | null }> {
  return askWithEitherSecret(input.app, (app) => introspect({ ...input, app }));
}

async function introspect(input: Introspection): Promise<{ active: boolean; expiresAt: Date | null }> {
  const { server, client, authentication } = partiesOf(input.app);
  const sent = sendOnce(input.app);
  try {
    const response = await oauth.introspectionRequest(server, client, authentication, input.token, {
      ...sent.request,
      additionalParameters: { token_type_hint: input.hint },
    });
    const { active, exp } = await oauth.processIntrospectionResponse(server, client, response);
    return { active, expiresAt: typeof exp === 'number' ? new Date(exp * 1000) : null };
  } catch (error) {
    throw protocolError(error, sent, [input.token, input.app.clientSecret]);
  }
}
