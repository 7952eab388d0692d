import type { Endpoint } from '@/simulator/exchange';
import { json } from '@/simulator/http/respond';

const SCOPES =
  'cdp_ingest_api custom_permissions content cdp_api interaction_api wave_api web offline_access id api ' +
  'eclair_api email pardot_api lightning visualforce cdp_query_api sfap_api address openid profile ' +
  'cdp_profile_api refresh_token phone user_registration_api chatter_api full forgot_password';

const CLAIMS =
  'active address email email_verified family_name given_name is_app_installed language locale name nickname ' +
  'organization_id photos picture preferred_username profile sub updated_at urls user_id user_type zoneinfo';

/** "OpenID Connect Discovery Endpoint": on My Domain, issuer and URLs carry the My Domain host. */
export const discoveryEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/.well-known/openid-configuration',
  parameters: [],
  handle: ({ state }) => {
    const { origin } = state.org;
    const oauth = `${origin}/services/oauth2`;
    return json(200, {
      issuer: origin,
      authorization_endpoint: `${oauth}/authorize`,
      token_endpoint: `${oauth}/token`,
      revocation_endpoint: `${oauth}/revoke`,
      userinfo_endpoint: `${oauth}/userinfo`,
      jwks_uri: `${origin}/id/keys`,
      registration_endpoint: `${oauth}/register`,
      introspection_endpoint: `${oauth}/introspect`,
      scopes_supported: SCOPES.split(' '),
      response_types_supported: ['code', 'token', 'token id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      display_values_supported: ['page', 'popup', 'touch'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
      claims_supported: CLAIMS.split(' '),
      end_session_endpoint: `${oauth}/logout`,
    });
  },
};

export const keysEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/id/keys',
  parameters: [],
  handle: ({ state }) => json(200, { keys: [state.signingKey.publicJwk] }),
};
