import { describe, expect, it } from 'vitest';
import { revokeAndVerify } from '@/lib/connections/revocation/revoke-and-verify';
import { AppError } from '@/lib/errors';
import { startTokenEndpoint, type TokenEndpoint } from '@/tests/token-endpoint';

/** Revokes a fresh grant of an endpoint. */
async function revoke(endpoint: TokenEndpoint, changes: Partial<Parameters<typeof revokeAndVerify>[0]> = {}) {
  const { accessToken, refreshToken } = endpoint.consent();
  return await revokeAndVerify({
    app: endpoint.app,
    mayIntrospect: true,
    openToken: async () => refreshToken,
    openAccessToken: async () => accessToken,
    ...changes,
  });
}

describe('a revocation that Salesforce has answered', () => {
  it('is verified by introspection', async () => {
    const endpoint = await startTokenEndpoint();
    expect(await revoke(endpoint)).toEqual({
      sent: true,
      confirmed: true,
      fault: null,
      proof: 'introspection',
      introspected: 'inactive',
    });
    expect(endpoint).toMatchObject({ liveGrants: 0, introspections: 1, violations: [] });
  });

  it('confirms nothing when introspection calls the token active', async () => {
    const endpoint = await startTokenEndpoint();
    endpoint.revokeFaults.push('pretend');
    // Without an access token, so that nothing else contradicts.
    expect(await revoke(endpoint, { openAccessToken: async () => null })).toMatchObject({
      sent: true,
      confirmed: false,
      proof: null,
      introspected: 'active',
      fault: { error: 'still_active', description: expect.stringContaining('introspection') },
    });
  });

  it('is verified by a refused use where introspection is off', async () => {
    const endpoint = await startTokenEndpoint();
    expect(await revoke(endpoint, { mayIntrospect: false })).toMatchObject({
      confirmed: true,
      proof: 'refused_use',
      introspected: null,
    });
    expect(endpoint.introspections).toBe(0);
  });

  it.each(['drop', 'http-503'] as const)(
    'is verified by a refused use when introspection does not tell (%s)',
    async (fault) => {
      const endpoint = await startTokenEndpoint();
      endpoint.introspectionFaults.push(fault);
      expect(await revoke(endpoint)).toMatchObject({ confirmed: true, proof: 'refused_use' });
    },
  );

  it('confirms nothing while the access token still works', async () => {
    const endpoint = await startTokenEndpoint();
    endpoint.revokeFaults.push('pretend');
    expect(await revoke(endpoint, { mayIntrospect: false })).toMatchObject({
      confirmed: false,
      proof: null,
      fault: { error: 'still_active', description: expect.stringContaining('access token still works') },
    });
  });

  it('stands by its answer when nothing else tells', async () => {
    const endpoint = await startTokenEndpoint();
    const handle = endpoint.handle.bind(endpoint);
    endpoint.handle = async (request, response) => {
      if (request.url.pathname.endsWith('/userinfo')) response.writeHead(503).end('busy');
      else await handle(request, response);
    };
    expect(await revoke(endpoint, { mayIntrospect: false })).toMatchObject({
      confirmed: true,
      proof: 'answer',
    });
    const without = { mayIntrospect: false, openAccessToken: async () => null };
    expect(await revoke(endpoint, without)).toMatchObject({ confirmed: true, proof: 'answer' });
  });

  it('is verified also when the token was invalid already', async () => {
    const endpoint = await startTokenEndpoint();
    const { refreshToken } = endpoint.consent();
    const openToken = async () => refreshToken;
    await revoke(endpoint, { openToken });
    expect(await revoke(endpoint, { openToken })).toMatchObject({
      confirmed: true,
      proof: 'introspection',
      fault: { error: 'invalid_token' },
    });
  });
});

describe('a revocation without an answer', () => {
  it('proves nothing and asks nothing', async () => {
    const endpoint = await startTokenEndpoint();
    endpoint.revokeFaults.push('drop-after');
    expect(await revoke(endpoint)).toMatchObject({ sent: true, confirmed: false, proof: null });
    expect(endpoint.introspections).toBe(0);
  });

  it('is not sent when the token does not open, or may not be sent any more', async () => {
    const endpoint = await startTokenEndpoint();
    const openToken = async () => {
      throw new AppError('VAULT_VALUE_DAMAGED', 'The sealed value is damaged.');
    };
    expect(await revoke(endpoint, { openToken })).toMatchObject({
      sent: false,
      confirmed: false,
      fault: { error: 'VAULT_VALUE_DAMAGED' },
    });
    expect(await revoke(endpoint, { mayStillSend: () => false })).toMatchObject({
      sent: false,
      confirmed: false,
    });
    expect(endpoint.revokes).toBe(0);
  });
});
