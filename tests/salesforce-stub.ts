import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { toId18 } from '@/lib/format/ids';
import { type SeenRequest, sendJson, startLoopback } from './loopback';

export interface StubUser {
  orgId: string;
  userId: string;
  username: string;
}

/** A Salesforce user with well-formed ids. */
export function stubUser(name: string, org = 'acme'): StubUser {
  const digits = (text: string, length: number) =>
    createHash('sha256').update(text).digest('hex').slice(0, length);
  return {
    orgId: toId18(`00D${digits(org, 12)}`),
    userId: toId18(`005${digits(`${org} ${name}`, 12)}`),
    username: `${name}@${org}.example`,
  };
}

export interface SalesforceStub {
  origin: string;
  clientId: string;
  clientSecret: string;
  /** Every token that it ever gave out. */
  issued: string[];
  revoked: string[];
  tokenRequests: URLSearchParams[];
  /** Replaces the answer of an endpoint. */
  override: Partial<
    Record<'token' | 'userinfo' | 'revoke', (request: SeenRequest, response: ServerResponse) => unknown>
  >;
  /** What a user who presses Allow on the page at `url` brings back: the callback's query. */
  allow(url: string, user: StubUser): URLSearchParams;
}

interface Grant {
  user: StubUser;
  redirectUri: string;
  challenge: string;
  nonce: string | null;
  scope: string;
}

/** The OAuth half of an org, strict about code, PKCE, secret and redirect URI. Stops with the test. */
export async function startSalesforceStub(): Promise<SalesforceStub> {
  const codes = new Map<string, Grant>();
  const owners = new Map<string, StubUser>();
  /** By the refresh token that came with it. */
  const accessTokens = new Map<string, string>();
  const { origin } = await startLoopback((request, response) => route(stub, request, response));
  const stub: SalesforceStub = {
    origin,
    clientId: `3MVG9${randomBytes(8).toString('hex')}`,
    clientSecret: randomBytes(16).toString('hex'),
    issued: [],
    revoked: [],
    tokenRequests: [],
    override: {},
    allow(url, user) {
      const asked = new URL(url).searchParams;
      if (new URL(url).origin !== origin || asked.get('client_id') !== stub.clientId)
        throw new Error('not this org');
      if (asked.get('code_challenge_method') !== 'S256') throw new Error('no PKCE');
      const code = `aPrx${randomBytes(20).toString('base64url')}==`;
      codes.set(code, {
        user,
        redirectUri: asked.get('redirect_uri') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce'),
        scope: asked.get('scope') ?? '',
      });
      return new URLSearchParams({ code, state: asked.get('state') ?? '' });
    },
  };

  function route(self: SalesforceStub, request: SeenRequest, response: ServerResponse): unknown {
    switch (request.url.pathname) {
      case '/services/oauth2/token':
        self.tokenRequests.push(new URLSearchParams(request.body));
        return (self.override.token ?? answerToken)(request, response);
      case '/services/oauth2/userinfo':
        return (self.override.userinfo ?? answerUserInfo)(request, response);
      case '/services/oauth2/revoke':
        self.revoked.push(new URLSearchParams(request.body).get('token') ?? '');
        return (self.override.revoke ?? answerRevoke)(request, response);
      default:
        return sendJson(response, 404, [{ errorCode: 'NOT_FOUND', message: 'not here' }]);
    }
  }

  function answerToken(request: SeenRequest, response: ServerResponse): unknown {
    const form = new URLSearchParams(request.body);
    const code = form.get('code') ?? '';
    const refuse = (error: string, description: string) =>
      sendJson(response, 400, { error, error_description: description });
    if (form.get('client_secret') !== stub.clientSecret)
      return refuse('invalid_client', 'invalid client credentials');
    const grant = codes.get(code);
    codes.delete(code);
    if (!grant) return refuse('invalid_grant', 'expired authorization code');
    if (form.get('redirect_uri') !== grant.redirectUri) {
      return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== grant.challenge) return refuse('invalid_grant', 'invalid code verifier');
    return sendJson(response, 200, grantAnswer(grant));
  }

  function grantAnswer({ user, nonce, scope }: Grant): Record<string, string> {
    const { orgId, userId } = user;
    const accessToken = `${orgId.slice(0, 15)}!AQ${randomBytes(24).toString('hex')}`;
    const refreshToken = `5Aep861${randomBytes(24).toString('hex')}`;
    owners.set(accessToken, user);
    stub.issued.push(accessToken);
    const answer: Record<string, string> = {
      access_token: accessToken,
      instance_url: origin,
      id: `${origin}/id/${orgId}/${userId}`,
      scope,
      token_type: 'Bearer',
      issued_at: String(Date.now()),
      signature: 'unchecked',
    };
    if (scope.includes('refresh_token')) {
      answer.refresh_token = refreshToken;
      stub.issued.push(refreshToken);
      accessTokens.set(refreshToken, accessToken);
    }
    if (scope.includes('openid'))
      answer.id_token = idToken({ sub: `${origin}/id/${orgId}/${userId}`, nonce });
    if (answer.id_token) stub.issued.push(answer.id_token);
    return answer;
  }

  /** RS256 in name only: OAuth clients that got it over TLS do not check its signature (OIDC Core §3.1.3.7). */
  function idToken(claims: { sub: string; nonce: string | null }): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { sub, nonce } = claims;
    const payload = {
      sub,
      ...(nonce === null ? {} : { nonce }),
      iss: origin,
      aud: stub.clientId,
      iat: now,
      exp: now + 120,
    };
    return `${part({ alg: 'RS256', kid: '1' })}.${part(payload)}.${randomBytes(32).toString('base64url')}`;
  }

  function answerRevoke(request: SeenRequest, response: ServerResponse): unknown {
    const token = new URLSearchParams(request.body).get('token') ?? '';
    owners.delete(accessTokens.get(token) ?? token);
    return response.writeHead(200).end();
  }

  function answerUserInfo(request: SeenRequest, response: ServerResponse): unknown {
    const user = owners.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (!user) return response.writeHead(403).end('Bad_OAuth_Token');
    const { orgId, userId, username } = user;
    return sendJson(response, 200, {
      sub: `${origin}/id/${orgId}/${userId}`,
      user_id: userId,
      organization_id: orgId,
      preferred_username: username,
      name: `Name of ${username}`,
      email: `mail.${username}`,
      locale: 'en_US',
      zoneinfo: 'America/New_York',
    });
  }

  return stub;
}
