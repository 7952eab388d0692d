import type { ServiceOutcome } from '../../types';
import { type ServiceRequest, sendServiceGrant } from './send-grant';

/**
 * Asks for an access token with a user's password (RFC 6749 §4.3): a legacy flow that new orgs block. Salesforce wants
 * the security token right behind the password. There is no refresh token. Never throws for the wire.
 */
export async function requestPassword(
  request: ServiceRequest & { username: string; password: string; securityToken: string },
): Promise<ServiceOutcome> {
  const { username, password, securityToken } = request;
  return await sendServiceGrant(request, {
    grantType: 'password',
    parameters: { username, password: password + securityToken },
    authentication: (parties) => parties.authentication,
    secrets: [password, securityToken],
  });
}
