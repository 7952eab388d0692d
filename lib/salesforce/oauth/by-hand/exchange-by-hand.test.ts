import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sendJson, startLoopback } from '@/tests/loopback';
import { exchangeByHand } from './exchange-by-hand';

const SECRET = 'the-consumer-secret';
const ISSUED_AT = '1778448832702';
const TOKENS = {
  access_token: '00DdM0000008abc!AQcanaryAccess',
  refresh_token: '5Aep861canaryRefresh',
  a_field_of_tomorrow: 'canary-unknown-field',
};
const ID_PATH = '/id/00DdM0000008abcUAA/005dM000001xyzAQAQ';

/** An org that answers every code, and revokes as told. */
async function exchanged(
  changes: Record<string, unknown> = {},
  secret: string | null = SECRET,
  revoke = 200,
) {
  const given: unknown[] = [];
  const { origin, seen } = await startLoopback(({ url }, response) => {
    if (url.pathname === '/services/oauth2/revoke') return response.writeHead(revoke).end();
    const id = `${url.origin.replace('http://loopback', origin)}${ID_PATH}`;
    const signature = createHmac('sha256', SECRET).update(`${id}${ISSUED_AT}`).digest('base64');
    const rest = { token_type: 'Bearer', scope: 'api refresh_token', instance_url: origin };
    return sendJson(response, 200, { ...TOKENS, ...rest, id, issued_at: ISSUED_AT, signature, ...changes });
  });
  const answer = await exchangeByHand({
    app: { tokenHost: origin, clientId: '3MVG9.client', clientSecret: secret },
    redirectUri: 'https://portal.example/callback',
    code: 'aPrxCode==',
    codeVerifier: 'v'.repeat(43),
    giveBack: async (tokens) => void given.push(tokens),
  });
  return { answer, origin, seen, given };
}

describe('exchangeByHand', () => {
  it('shows the answer with every token masked, what it does not know included, and revokes the grant', async () => {
    const { answer, origin, seen } = await exchanged();
    const byName = Object.fromEntries(answer.fields.map((field) => [field.name, field]));
    expect(byName).toMatchObject({
      access_token: { value: '00DdM0', maskedLength: TOKENS.access_token.length },
      refresh_token: { value: '5Aep86', maskedLength: TOKENS.refresh_token.length },
      a_field_of_tomorrow: { value: 'canary', maskedLength: 20 },
      scope: { value: 'api refresh_token', maskedLength: null },
      instance_url: { value: origin, maskedLength: null },
      id: { value: `${origin}${ID_PATH}`, maskedLength: null },
      issued_at: { value: ISSUED_AT, maskedLength: null },
    });
    expect(answer).toMatchObject({
      signature: 'verified',
      issuedAt: new Date(Number(ISSUED_AT)).toISOString(),
      revocation: { confirmed: true, fault: null },
    });
    for (const token of Object.values(TOKENS)) expect(JSON.stringify(answer)).not.toContain(token);
    expect(seen.map(({ url }) => url.pathname)).toEqual([
      '/services/oauth2/token',
      '/services/oauth2/revoke',
    ]);
    expect(new URLSearchParams(seen[1]?.body).get('token')).toBe(TOKENS.refresh_token);
  });

  it('tells a signature that is wrong, missing or beyond checking', async () => {
    const wrong = createHmac('sha256', 'another').update('x').digest('base64');
    expect((await exchanged({ signature: wrong })).answer.signature).toBe('wrong');
    expect((await exchanged({ signature: 'short' })).answer.signature).toBe('wrong');
    expect((await exchanged({ signature: undefined })).answer.signature).toBe('missing');
    expect((await exchanged({}, null)).answer.signature).toBe('unknown');
  });

  it('says when the org did not confirm the end of the grant, and hands it on', async () => {
    const { answer, given } = await exchanged({}, SECRET, 503);
    expect(answer.revocation).toMatchObject({ confirmed: false, fault: { status: 503 } });
    const { access_token: accessToken, refresh_token: refreshToken } = TOKENS;
    expect(given).toMatchObject([{ accessToken, refreshToken }]);
    expect((await exchanged()).given).toEqual([]);
  });
});
