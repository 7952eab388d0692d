import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { checkProviderUrl } from '@/lib/egress/provider-url';
import { AppError } from '@/lib/errors';
import { clean, discoveryInvalid } from './errors';
import { providerFetch } from './provider-fetch';
import type { DiscoveryReport } from './types';

/** Signatures that only the provider can make: no `none`, and no HS256, whose key is the client secret. */
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/;

const list = z.array(z.string()).optional();

/** The part of OpenID Connect Discovery 1.0 §3 that a sign-in needs. */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  response_types_supported: list,
  code_challenge_methods_supported: list,
  token_endpoint_auth_methods_supported: list,
  id_token_signing_alg_values_supported: list,
});

type Metadata = z.infer<typeof metadataSchema>;

/** A provider whose own description has passed every check. */
export interface Discovered {
  server: oauth.AuthorizationServer;
  report: DiscoveryReport;
}

/**
 * Reads `<issuer>/.well-known/openid-configuration` and holds it to what a sign-in needs. Throws `HOST_NOT_ALLOWED`,
 * `PROVIDER_UNREACHABLE`, or `PROVIDER_DISCOVERY_INVALID` with the exact problem.
 */
export async function discover(issuer: string, hasSecret: boolean): Promise<Discovered> {
  const url = checkProviderUrl(issuer);
  const response = await oauth.discoveryRequest(url, {
    algorithm: 'oidc',
    [oauth.customFetch]: providerFetch,
    [oauth.allowInsecureRequests]: url.protocol === 'http:',
  });
  const text = await response.text();
  const metadata = readMetadata(issuer, response.status, text);
  for (const address of addressesOf(metadata)) checkEndpoint(address);
  const report = toReport(metadata, hasSecret);
  const json = new Response(text, { headers: { 'content-type': 'application/json' } });
  const server = await oauth.processDiscoveryResponse(url, json);
  return { server: { ...server, id_token_signing_alg_values_supported: report.signingAlgorithms }, report };
}

function readMetadata(issuer: string, status: number, text: string): Metadata {
  const where = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  if (status !== 200) {
    throw discoveryInvalid(`${where} answered with HTTP ${status}, not with a discovery document.`);
  }
  const parsed = metadataSchema.safeParse(parseJson(text, where));
  if (!parsed.success) {
    const missing = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].join(', ');
    throw discoveryInvalid(`The discovery document lacks what a sign-in needs: ${missing || 'everything'}.`);
  }
  const metadata = parsed.data;
  if (metadata.issuer !== issuer) {
    // Exactly, as OpenID Connect Discovery 1.0 §4.3 asks: another issuer could speak for this one's people.
    throw discoveryInvalid('The provider gives itself another name than the issuer that was entered.', {
      Entered: issuer,
      'The provider says': clean(metadata.issuer),
    });
  }
  return metadata;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw discoveryInvalid(`${where} answered with something that is not JSON.`);
  }
}

function addressesOf(metadata: Metadata): string[] {
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = metadata;
  return [
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    ...(userinfo_endpoint ? [userinfo_endpoint] : []),
  ];
}

function checkEndpoint(address: string): void {
  try {
    checkProviderUrl(address);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw discoveryInvalid(
      `The discovery document names an address that Orgdock does not call: ${error.details.reason}.`,
      {
        address: clean(address),
      },
    );
  }
}

function toReport(metadata: Metadata, hasSecret: boolean): DiscoveryReport {
  const { response_types_supported: responses, code_challenge_methods_supported: challenges } = metadata;
  if (responses && !responses.includes('code')) {
    throw discoveryInvalid('The provider does not offer the authorization code flow (response type “code”).');
  }
  if (challenges && !challenges.includes('S256')) {
    throw discoveryInvalid(
      `The provider does not offer PKCE with S256, only: ${clean(challenges.join(', ')) || 'nothing'}.`,
    );
  }
  const algorithms = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const signingAlgorithms = algorithms.filter((name) => ASYMMETRIC.test(name));
  if (signingAlgorithms.length === 0) {
    throw discoveryInvalid(
      `The provider signs ID tokens only in ways that Orgdock does not accept: ${clean(algorithms.join(', '))}.`,
    );
  }
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    jwksUri: metadata.jwks_uri,
    userinfoEndpoint: metadata.userinfo_endpoint ?? null,
    origins: [...new Set(addressesOf(metadata).map((address) => new URL(address).origin))],
    clientAuthentication: authenticationFor(metadata, hasSecret),
    signingAlgorithms,
    warnings: challenges
      ? []
      : ['The provider does not say whether it supports PKCE. Orgdock sends it all the same, and a nonce.'],
  };
}

/** The default is client_secret_basic (OpenID Connect Discovery 1.0 §3). */
function authenticationFor(metadata: Metadata, hasSecret: boolean): DiscoveryReport['clientAuthentication'] {
  const offered = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const wanted = hasSecret ? (['client_secret_basic', 'client_secret_post'] as const) : (['none'] as const);
  const method = wanted.find((name) => offered.includes(name));
  if (method) return method;
  // Many providers accept public clients without listing them.
  if (!hasSecret) return 'none';
  throw discoveryInvalid(
    `The provider takes a client secret in no way that Orgdock knows, only: ${clean(offered.join(', '))}.`,
  );
}
