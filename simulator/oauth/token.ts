import type { Endpoint, Exchange } from '@/simulator/exchange';
import { unknownToSimulator } from '@/simulator/http/respond';
import { oauthError } from '@/simulator/oauth/errors';
import { exchangeCode } from '@/simulator/oauth/exchange-code';
import { refreshGrant } from '@/simulator/oauth/refresh';
import { clientCredentialsGrant } from '@/simulator/oauth/service/client-credentials';
import { jwtBearerGrant } from '@/simulator/oauth/service/jwt-bearer';
import { passwordGrant } from '@/simulator/oauth/service/password';
import type { SimResponse } from '@/simulator/types';

/** Grant types that Salesforce has and the simulator does not. */
const ELSEWHERE = [
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'device',
  'hybrid_refresh',
  'hybrid_auth_code',
];

const CLIENT = ['client_id', 'client_secret'];

/** The flows without a person, each with the parameters that it knows beside `grant_type` and `format`. */
const SERVICE_GRANTS: Readonly<
  Record<
    string,
    { parameters: readonly string[]; grant: (exchange: Exchange) => SimResponse | Promise<SimResponse> }
  >
> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': { parameters: ['assertion'], grant: jwtBearerGrant },
  client_credentials: { parameters: CLIENT, grant: clientCredentialsGrant },
  password: { parameters: [...CLIENT, 'username', 'password'], grant: passwordGrant },
};

/** What no flow of a person knows. */
const SERVICE_ONLY = ['assertion', 'username', 'password'];

export const tokenEndpoint: Endpoint = {
  method: 'POST',
  pattern: '/services/oauth2/token',
  parameters: [],
  form: [
    'grant_type',
    'code',
    'redirect_uri',
    'code_verifier',
    'refresh_token',
    // RFC 6749 §6, of a refresh: Salesforce ignores it, the scopes are stored with the token.
    'scope',
    'client_id',
    'client_secret',
    'format',
    'assertion',
    'username',
    'password',
  ],
  pausesItself: true,
  handle: token,
};

/** Salesforce answers a GET in its own words. */
export const tokenByGetEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/services/oauth2/token',
  parameters: ['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret', 'refresh_token'],
  handle: () => oauthError('invalid_request', 'must use HTTP POST'),
};

async function token(exchange: Exchange): Promise<SimResponse> {
  const { form } = exchange;
  const format = form.get('format');
  if (format !== null && format !== 'json') return unknownToSimulator(`the format "${format}"`);
  const grantType = form.get('grant_type') ?? '';
  if (ELSEWHERE.includes(grantType)) return unknownToSimulator(`the grant type "${grantType}"`);
  const service = Object.hasOwn(SERVICE_GRANTS, grantType) ? SERVICE_GRANTS[grantType] : undefined;
  const foreign = [...form.keys()].find((name) =>
    service ? !['grant_type', 'format', ...service.parameters].includes(name) : SERVICE_ONLY.includes(name),
  );
  if (foreign) return unknownToSimulator(`the parameter "${foreign}" of the grant type "${grantType}"`);
  if (grantType === 'refresh_token') return refreshGrant(exchange);
  await exchange.pause();
  if (service) return service.grant(exchange);
  if (grantType === 'authorization_code') return exchangeCode(exchange);
  return oauthError('unsupported_grant_type', 'grant type not supported');
}
