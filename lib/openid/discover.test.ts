import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import { discover } from './discover';

type Change = (metadata: Record<string, unknown>, origin: string) => Record<string, unknown>;

/** A provider that describes itself like this. */
async function describing(change: Change = (metadata) => metadata) {
  const loopback = await startLoopback((request, response) => {
    const metadata = {
      issuer: loopback.origin,
      authorization_endpoint: `${loopback.origin}/auth`,
      token_endpoint: `${loopback.origin}/token`,
      jwks_uri: `${loopback.origin}/jwks`,
      userinfo_endpoint: `${loopback.origin}/me`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
    if (request.url.pathname !== '/.well-known/openid-configuration') return response.writeHead(404).end();
    sendJson(response, 200, change(metadata, loopback.origin));
  });
  return loopback;
}

async function problemOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  if (error instanceof AppError) return error;
  throw new Error('it did not fail as expected', { cause: error });
}

describe('discovery', () => {
  it('says where people log in, what Orgdock calls, and how the secret is sent', async () => {
    const { origin } = await describing();
    const { report } = await discover(origin, true);
    expect(report).toEqual({
      issuer: origin,
      authorizationEndpoint: `${origin}/auth`,
      tokenEndpoint: `${origin}/token`,
      jwksUri: `${origin}/jwks`,
      userinfoEndpoint: `${origin}/me`,
      origins: [origin],
      clientAuthentication: 'client_secret_basic',
      signingAlgorithms: ['RS256'],
      warnings: [],
    });
    expect((await discover(origin, false)).report.clientAuthentication).toBe('none');
  });

  it.each<[string, Change, RegExp]>([
    ['another name', (m) => ({ ...m, issuer: 'https://other.example' }), /another name/],
    ['a slash more', (m, origin) => ({ ...m, issuer: `${origin}/` }), /another name/],
    ['no token endpoint', ({ token_endpoint: _, ...m }) => m, /lacks.*token_endpoint/],
    ['no keys', ({ jwks_uri: _, ...m }) => m, /lacks.*jwks_uri/],
    ['PKCE without S256', (m) => ({ ...m, code_challenge_methods_supported: ['plain'] }), /S256.*plain/],
    ['no code flow', (m) => ({ ...m, response_types_supported: ['id_token'] }), /code flow/],
    [
      'symmetric signatures',
      (m) => ({ ...m, id_token_signing_alg_values_supported: ['HS256', 'none'] }),
      /HS256, none/,
    ],
    ['a private endpoint', (m) => ({ ...m, token_endpoint: 'https://10.0.0.1/token' }), /IP address/],
    ['a plain endpoint', (m) => ({ ...m, jwks_uri: 'http://keys.example/jwks' }), /only https/],
    [
      'other secrets',
      (m) => ({ ...m, token_endpoint_auth_methods_supported: ['tls_client_auth'] }),
      /tls_client_auth/,
    ],
  ])('names the exact problem of a provider with %s', async (_, change, message) => {
    const { origin } = await describing(change);
    const problem = await problemOf(discover(origin, true));
    expect(problem.code).toBe('PROVIDER_DISCOVERY_INVALID');
    expect(problem.message).toMatch(message);
  });

  it('offers no signature but those that only the provider can make', async () => {
    const { origin } = await describing((m) => ({
      ...m,
      id_token_signing_alg_values_supported: ['none', 'HS256', 'ES256', 'RS512', 'EdDSA'],
    }));
    const { server } = await discover(origin, true);
    expect(server.id_token_signing_alg_values_supported).toEqual(['ES256', 'RS512', 'EdDSA']);
  });

  it('warns of a provider that says nothing of PKCE, and takes what a silent one does by default', async () => {
    const { origin } = await describing((m) => ({
      issuer: m.issuer,
      authorization_endpoint: m.authorization_endpoint,
      token_endpoint: m.token_endpoint,
      jwks_uri: m.jwks_uri,
    }));
    const { report } = await discover(origin, true);
    expect(report.warnings).toHaveLength(1);
    expect(report).toMatchObject({
      clientAuthentication: 'client_secret_basic',
      signingAlgorithms: ['RS256'],
      userinfoEndpoint: null,
    });
  });

  it('posts the secret where the provider takes it only so', async () => {
    const { origin } = await describing((m) => ({
      ...m,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    }));
    expect((await discover(origin, true)).report.clientAuthentication).toBe('client_secret_post');
  });

  it('says when the answer is an error, a redirect, not JSON, or far too long', async () => {
    const answers: Array<[number, string, string]> = [
      [404, 'nothing here', 'HTTP 404'],
      [302, '', 'HTTP 302'],
      [200, '<html>', 'not JSON'],
      [200, '[]', 'lacks'],
      [200, 'x'.repeat(1024 * 1024 + 1), 'too long'],
    ];
    for (const [status, body, words] of answers) {
      const { origin, seen } = await startLoopback((_, response) => {
        response.writeHead(status, { 'content-type': 'text/plain', location: 'https://elsewhere.example' });
        response.end(body);
      });
      expect((await problemOf(discover(origin, true))).message).toContain(words);
      expect(seen).toHaveLength(1);
    }
  });

  it('tells a name that does not resolve, a closed port and a forbidden address apart', async () => {
    allowOrigins('http://127.0.0.1:1', 'https://nobody.invalid');
    const dns = await problemOf(discover('https://nobody.invalid', true));
    expect(dns).toMatchObject({ code: 'PROVIDER_UNREACHABLE', message: expect.stringContaining('DNS') });
    const closed = await problemOf(discover('http://127.0.0.1:1', true));
    expect(closed).toMatchObject({ code: 'PROVIDER_UNREACHABLE', details: { reason: 'ECONNREFUSED' } });
    expect(await problemOf(discover('https://10.0.0.1', true))).toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });

  it('does not call a name that resolves into a private network', async () => {
    const problem = await problemOf(discover('https://localhost', true));
    expect(problem).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      message: expect.stringContaining('private network'),
    });
    expect(problem.nextStep).toContain('ORGDOCK_ALLOW_HOSTS=https://localhost');
  });
});
