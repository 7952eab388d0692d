import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';
import type { ServiceOutcome } from '../../types';
import { type ServiceRequest, sendServiceGrant } from './send-grant';

/** Salesforce takes at most three minutes; the third is left for a clock of ours that is ahead. */
const LIFETIME_SECONDS = 120;

/**
 * Asks for an access token with a signed assertion (RFC 7523 §2.1). `privateKey`: PKCS #8 PEM of an RSA key whose
 * certificate the app holds. There is no refresh token. Never throws for the wire; a bad key is `unsent`.
 */
export async function requestJwtBearer(
  request: ServiceRequest & { username: string; privateKey: string },
): Promise<ServiceOutcome> {
  let assertion: string;
  try {
    assertion = await signAssertion(request);
  } catch (error) {
    return { kind: 'unsent', error: error instanceof AppError ? error : unusableKey() };
  }
  return await sendServiceGrant(request, {
    grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    parameters: { assertion },
    secrets: [assertion],
  });
}

function signAssertion({
  app,
  username,
  privateKey,
}: ServiceRequest & { username: string; privateKey: string }): Promise<string> {
  const expires = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(app.clientId)
    .setSubject(username)
    .setAudience(checkOrigin(app.tokenHost).origin)
    .setExpirationTime(expires)
    .sign(createPrivateKey(privateKey));
}

function unusableKey(): AppError {
  return new AppError('INVALID_INPUT', 'The private key cannot sign an assertion.', {
    nextStep: 'Use an RSA key of at least 2,048 bits, or let Orgdock make one.',
  });
}
