import { createHash } from 'node:crypto';
import { identityUrlOf, userInfoOf } from '@/simulator/oauth/identity-facts';
import type { OrgState } from '@/simulator/state/org-state';
import type { SimApp, SimUser } from '@/simulator/types';

/** Salesforce's id_tokens live two minutes ("OpenID Connect Token Introspection and ID Tokens"). */
const LIFETIME_SECONDS = 120;

interface IdTokenParts {
  readonly app: SimApp;
  readonly user: SimUser;
  readonly accessToken: string;
  readonly nonce: string | null;
}

/** An RS256 id_token with the nonce of the authorization request. */
export function idTokenOf(state: OrgState, { app, user, accessToken, nonce }: IdTokenParts): Promise<string> {
  const { org } = state;
  const issued = Math.floor(org.clock.now() / 1000);
  const facts = userInfoOf(org, user);
  const atHash = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  return state.signingKey.sign({
    at_hash: atHash,
    sub: identityUrlOf(org, user),
    aud: app.clientId,
    iss: org.origin,
    iat: issued,
    exp: issued + LIFETIME_SECONDS,
    ...(nonce !== null && { nonce }),
    preferred_username: facts.preferred_username,
    name: facts.name,
    nickname: facts.nickname,
    email: facts.email,
    email_verified: facts.email_verified,
    given_name: facts.given_name,
    family_name: facts.family_name,
    zoneinfo: facts.zoneinfo,
    locale: facts.locale,
    updated_at: facts.updated_at,
  });
}
