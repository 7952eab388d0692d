import { AppError } from '@/lib/errors';
import type { ServiceOutcome } from '../../types';
import { type ServiceRequest, sendServiceGrant } from './send-grant';

/**
 * Asks for an access token as the user whom the app runs as (RFC 6749 §4.4), with the consumer secret in the body.
 * There is no refresh token. Never throws for the wire; an app without a secret is `unsent`.
 */
export async function requestClientCredentials(request: ServiceRequest): Promise<ServiceOutcome> {
  if (request.app.clientSecret === null) return { kind: 'unsent', error: secretMissing() };
  return await sendServiceGrant(request, {
    grantType: 'client_credentials',
    parameters: {},
    authentication: (parties) => parties.authentication,
    secrets: [],
  });
}

function secretMissing(): AppError {
  return new AppError('MISCONFIGURED', 'The client credentials flow needs a consumer secret.', {
    nextStep: 'Enter the consumer secret of the app on the environment’s page.',
  });
}
