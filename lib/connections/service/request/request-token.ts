import type { ServiceCredentials } from '@/lib/connections/service/credentials';
import { AppError } from '@/lib/errors';
import { requestClientCredentials } from '@/lib/salesforce/oauth/service/client-credentials';
import { requestJwtBearer } from '@/lib/salesforce/oauth/service/jwt-bearer';
import { requestPassword } from '@/lib/salesforce/oauth/service/password';
import type { ServiceRequest } from '@/lib/salesforce/oauth/service/send-grant';
import type { ServiceOutcome } from '@/lib/salesforce/types';

/** Asks once for an access token, by the flow that the credentials are for. Never throws for the wire. */
export async function requestToken(
  credentials: ServiceCredentials,
  request: ServiceRequest,
): Promise<ServiceOutcome> {
  switch (credentials.flow) {
    case 'client_credentials':
      return await requestClientCredentials(request);
    case 'password':
      return await requestPassword({ ...request, ...credentials });
    case 'jwt_bearer': {
      const { username, current } = credentials;
      if (current === null) return { kind: 'unsent', error: notConnectedYet() };
      return await requestJwtBearer({ ...request, username, privateKey: current.privateKey });
    }
  }
}

function notConnectedYet(): AppError {
  return new AppError('CONFLICT', 'This service connection has not been connected yet.', {
    nextStep: 'Upload its certificate in Salesforce, then connect it on the environment’s page.',
  });
}
