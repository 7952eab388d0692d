import { createHash, randomBytes } from 'node:crypto';
import { LIMITS } from '@/lib/limits/limits';
import { expect, test, usernameOf } from '../fixtures';
import { startReplica } from '../replica';
import { type Stack, startStack } from '../stack';
import { formOf, Visitor } from './visitor';

const GUESS = () => randomBytes(32).toString('base64url');

/** Headers by which somebody claims to be another address each time. */
const disguise = (count: number) => ({
  'x-forwarded-for': `198.51.100.${count}`,
  'x-real-ip': `198.51.100.${count}`,
  forwarded: `for=198.51.100.${count}`,
  'x-client-ip': `198.51.100.${count}`,
});

async function makeLink({ sql }: Stack): Promise<string> {
  const link = GUESS();
  await sql`INSERT INTO orgdock.sign_in_links (token_hash, person_id, expires_at)
    SELECT ${createHash('sha256').update(link).digest('base64url')}, person_id, now() + interval '10 minutes'
    FROM orgdock.identities WHERE username = ${usernameOf('ada')}`;
  return link;
}

/** Tries a sign-in link at a replica, as a page of the portal would. */
async function tryLink(origin: string, portal: string, link: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/api/sign-in-link`, {
    method: 'POST',
    headers: { origin: portal, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ link }),
  });
  await response.arrayBuffer();
  return response;
}

test('guesses of sign-in links are counted over replicas, whatever address they claim', async ({ stack }) => {
  await stack.sql`DELETE FROM orgdock.rate_limits`;
  const https = 'https://portal.example';
  const replica = await startReplica(stack, { NEXTAUTH_URL: https, ORGDOCK_TRUSTED_PROXIES: '192.0.2.0/24' });
  try {
    const link = await makeLink(stack);
    const doors = [
      { at: stack.portal, as: stack.portal },
      { at: replica.origin, as: https },
    ];
    const { points } = LIMITS.sign_in_link;
    for (let count = 0; count < points; count += 1) {
      const { at, as } = doors[count % 2] ?? { at: '', as: '' };
      expect((await tryLink(at, as, GUESS(), disguise(count))).status).toBe(404);
    }
    for (const { at, as } of doors) {
      const refused = await tryLink(at, as, link, disguise(200));
      expect(refused.status, 'also the right one').toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    }
    await stack.sql`DELETE FROM orgdock.rate_limits`;

    const signedIn = await tryLink(replica.origin, https, link);
    expect(signedIn.status, 'the link was not used up by the refusals').toBe(200);
    // Behind https, cookies belong to this very host, and no page is asked for without TLS again.
    expect(signedIn.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-orgdock\.session=[^;]+; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect((await tryLink(stack.portal, stack.portal, link)).status, 'a link works once').toBe(404);
  } finally {
    await replica.stop();
    await stack.sql`DELETE FROM orgdock.rate_limits`;
  }
});

test('guesses of the set-up token end after a few, also with the right one', async () => {
  const token = 'a-set-up-token-for-this-test';
  const stack = await startStack({ seeded: false, setupToken: token });
  try {
    const { points } = LIMITS.setup_token;
    const guess = (text: string, count: number) =>
      new Visitor(stack).act('openSetupAction', [formOf({ token: text })], {
        page: '/setup',
        headers: disguise(count),
      });
    const wrong = ['', token.slice(0, -1), `${token} x`, token.toUpperCase(), `${token}\0`];
    for (let count = 0; count < points; count += 1) {
      expect(await guess(wrong[count] ?? GUESS(), count)).toBe('INVALID_INPUT');
    }
    expect(await guess(token, 100)).toBe('RATE_LIMITED');

    const visitor = new Visitor(stack);
    for (const [name, args] of [
      ['saveSetupEnvironmentAction', [formOf({ name: 'Mine' })]],
      ['previewSetupRedirectUri', ['Mine']],
    ] as const) {
      expect(['NOT_FOUND', 'null'], name).toContain(await visitor.act(name, args, { page: '/setup' }));
    }
    const body = { environment: 'production', intent: 'setup' };
    expect((await visitor.post('/api/consent', body)).status).toBe(404);
    visitor.browser.setCookie(stack.portal, 'orgdock.setup', token);
    expect((await visitor.post('/api/consent', body)).status).toBe(404);

    await stack.sql`DELETE FROM orgdock.rate_limits`;
    expect(await guess(token, 0)).toBe('ok');
  } finally {
    await stack.stop();
  }
});
