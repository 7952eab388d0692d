import { eq } from 'drizzle-orm';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import {
  consentFailures,
  identityProviderSecrets,
  identityProviders,
  providerAttempts,
  sessions,
} from '@/db/schema';
import { log } from '@/lib/log';
import { seal } from '@/lib/vault/seal';
import { Browser } from '@/tests/browser';
import { beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makePerson } from '@/tests/factories';
import { allowOrigins } from '@/tests/loopback';
import { OPENID_CLIENT } from '@/tests/openid/openid-provider';
import {
  beginAt,
  beginUrlAt,
  comeBackAt,
  logIn,
  makeAccount,
  makeIdentityProvider,
  startOpenIdProvider,
} from '@/tests/openid/provider-sign-in';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const system = <T>(work: Parameters<typeof withSystem<T>>[1]) => withSystem('test', work);
const stateOf = (url: string) => new URL(url).searchParams.get('state') ?? '';

/** A browser that was sent to the provider, and an account that would become a member. */
async function begun(values: Parameters<typeof makeIdentityProvider>[1] = {}) {
  const openId = await startOpenIdProvider();
  const provider = await makeIdentityProvider(openId, { admitsUnknown: true, ...values });
  const { slug } = provider;
  const browser = new Browser();
  const account = makeAccount(openId);
  const url = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
  const back = (query: URLSearchParams | string, by = browser, at = slug) => comeBackAt(by, at, query);
  const tokenRequests = () => openId.seen.filter((line) => line.startsWith('POST /token')).length;
  const finish = async () => back(await logIn(url, account));
  return { openId, provider, slug, browser, account, url, back, tokenRequests, finish };
}

async function expectRefused(path: string, code: string) {
  const failure = await failureAt(path);
  expect(failure).toMatchObject({ code });
  return failure;
}

describe('an answer', () => {
  it('is good once: replayed, it changes nothing', async () => {
    const { url, account, back, tokenRequests } = await begun();
    const query = await logIn(url, account);
    expect(await back(query)).toBe('/');
    expect(await back(query)).toBe('/consent/unknown');
    expect(tokenRequests()).toBe(1);
  });

  it('of several at the same moment lets one through', async () => {
    const { url, account, back } = await begun();
    const query = await logIn(url, account);
    const ends = await Promise.all([back(query), back(query), back(query)]);
    expect(ends.filter((end) => end === '/consent/unknown')).toHaveLength(2);
  });

  it('in another browser is refused, spent on nothing, and used up', async () => {
    const { url, account, back, tokenRequests } = await begun();
    const query = await logIn(url, account);
    const victim = new Browser();
    const said = vi.spyOn(log(), 'warn');
    expect(await back(query, victim)).toBe('/consent/foreign-browser');
    expect(said.mock.calls[0]?.[0]).toMatchObject({ refused: 'consent answer', failure: 'foreign-browser' });
    expect(victim.cookies.has('orgdock.session')).toBe(false);
    expect(await back(query)).toBe('/consent/unknown');
    expect(tokenRequests()).toBe(0);
  });

  it('with the state of another attempt does not pass: verifier and nonce are those of its own', async () => {
    const { openId, slug, browser, url, account, back } = await begun();
    const first = await logIn(url, account);
    const other = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    const second = await logIn(other, makeAccount(openId));
    first.set('state', second.get('state') ?? '');
    await expectRefused(await back(first), 'PROVIDER_REFUSED');
  });

  it('without a state, with a made-up one or with two belongs to nobody', async () => {
    const { url, account, back, tokenRequests } = await begun();
    const query = await logIn(url, account);
    const state = query.get('state') ?? '';
    query.append('state', state);
    expect(await back(query)).toBe('/consent/unknown');
    expect(await back('code=x&state=made-up')).toBe('/consent/unknown');
    expect(await back('code=x')).toBe('/consent/unknown');
    expect(tokenRequests()).toBe(0);
  });

  it('at the callback of another provider, or of an environment, is refused (mix-up)', async () => {
    const { openId, url, account, back, browser, slug, tokenRequests } = await begun();
    const other = await makeIdentityProvider(openId);
    await expectRefused(await back(await logIn(url, account), browser, other.slug), 'CONSENT_STATE_MISMATCH');
    const again = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    await expectRefused(
      await back(await logIn(again, account), browser, 'production'),
      'CONSENT_STATE_MISMATCH',
    );
    expect(tokenRequests()).toBe(0);
  });

  it('of Salesforce at the callback of a provider is refused, too', async () => {
    const { slug, browser } = await begun();
    const stub = await startSalesforceStub();
    const environment = await makeStubEnvironment(stub);
    const url = await beginUrl(browser, { environment: environment.slug, intent: 'sign_in' });
    const { location } = await comeBack(browser, slug, stub.allow(url, stubUser('ada')));
    await expectRefused(location, 'CONSENT_STATE_MISMATCH');
  });

  it('that names another issuer, or none, is refused before its code is spent (RFC 9207)', async () => {
    for (const change of [
      (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
      (query: URLSearchParams) => query.delete('iss'),
    ]) {
      const { url, account, back, tokenRequests } = await begun();
      const query = await logIn(url, account);
      expect(query.get('iss')).not.toBeNull();
      change(query);
      await expectRefused(await back(query), 'PROVIDER_ANSWER_INVALID');
      expect(tokenRequests()).toBe(0);
    }
  });

  it('after ten minutes is refused', async () => {
    const { url, account, back, tokenRequests } = await begun();
    const query = await logIn(url, account);
    await shiftDatabaseClock(10 * 60_000 + 1_000);
    await expectRefused(await back(query), 'CONSENT_ATTEMPT_EXPIRED');
    expect(tokenRequests()).toBe(0);
  });

  it('that says access_denied says so, in the provider’s words, and leaves no session', async () => {
    const { url, account, back, browser } = await begun();
    const failure = await expectRefused(await back(await logIn(url, account, 'cancel')), 'CONSENT_DENIED');
    expect(failure.details).toEqual({ error: 'access_denied', description: 'The person cancelled.' });
    expect(browser.cookies.has('orgdock.session')).toBe(false);
  });

  it('that comes after the provider was changed or disabled is refused, and its code sent nowhere', async () => {
    const changes = [
      { enabled: false, code: 'FORBIDDEN' },
      { issuer: 'https://elsewhere.example', code: 'CONSENT_ATTEMPT_EXPIRED' },
    ];
    for (const { code, ...values } of changes) {
      const { url, account, back, provider, tokenRequests } = await begun();
      const query = await logIn(url, account);
      await system((tx) =>
        tx
          .update(identityProviders)
          .set({ ...values, updatedAt: new Date(Date.now() + 1_000) })
          .where(eq(identityProviders.id, provider.id)),
      );
      await expectRefused(await back(query), code);
      expect(tokenRequests()).toBe(0);
    }
  });

  it('leaves no state, code or verifier in the clear in the database', async () => {
    const { openId, slug } = await begun();
    const browser = new Browser();
    const url = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    const rows = JSON.stringify(await system((tx) => tx.select().from(providerAttempts)));
    expect(rows).not.toContain(stateOf(url));
    const query = await logIn(url, makeAccount(openId));
    openId.bendIdToken = async (claims) => openId.sign({ ...claims, aud: 'another' });
    await comeBackAt(browser, slug, query);
    const failures = JSON.stringify(await system((tx) => tx.select().from(consentFailures)));
    expect(failures).not.toContain(query.get('code'));
    expect(failures).not.toContain('eyJ');
  });
});

describe('an ID token', () => {
  const now = () => Math.floor(Date.now() / 1000);

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    ['several audiences and no authorized party', (claims) => ({ ...claims, aud: ['orgdock', 'other'] })],
    ['another authorized party', (claims) => ({ ...claims, aud: ['orgdock', 'other'], azp: 'other' })],
    ['another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['an end in the past', (claims) => ({ ...claims, exp: now() - 300 })],
    ['no end', ({ exp: _, ...claims }) => claims],
    ['a beginning in the future', (claims) => ({ ...claims, iat: now() + 300 })],
    ['no subject', ({ sub: _, ...claims }) => claims],
  ])('with %s is refused', async (_, change) => {
    const { openId, browser, finish } = await begun();
    openId.bendIdToken = (claims) => openId.sign(change(claims));
    await expectRefused(await finish(), 'PROVIDER_ANSWER_INVALID');
    expect(browser.cookies.has('orgdock.session')).toBe(false);
  });

  it('of a clock that differs by a minute passes', async () => {
    for (const seconds of [-60, 60]) {
      const { openId, finish } = await begun();
      openId.bendIdToken = (claims) =>
        openId.sign({ ...claims, iat: now() + seconds, exp: now() + seconds + 30 });
      expect(await finish()).toBe('/');
    }
  });

  it('without a signature (alg none) is refused', async () => {
    const { openId, finish } = await begun();
    openId.bendIdToken = async (claims) => new UnsecuredJWT(claims).encode();
    await expectRefused(await finish(), 'PROVIDER_ANSWER_INVALID');
  });

  it('signed with the client secret (HS256) is refused, even where the provider offers that', async () => {
    const { openId, finish } = await begun();
    openId.bendDiscovery = (metadata) => ({
      ...metadata,
      id_token_signing_alg_values_supported: ['HS256', 'none', 'RS256'],
    });
    openId.bendIdToken = (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(OPENID_CLIENT.secret));
    await expectRefused(await finish(), 'PROVIDER_ANSWER_INVALID');
  });

  it('whose claims were changed after it was signed is refused', async () => {
    const { openId, finish } = await begun();
    openId.bendIdToken = async (claims) => {
      const [header, , signature] = (await openId.sign(claims)).split('.');
      const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'the-admin' })).toString('base64url');
      return `${header}.${forged}.${signature}`;
    };
    await expectRefused(await finish(), 'PROVIDER_ANSWER_INVALID');
  });

  it('of a key that the provider does not publish is refused, and one of a rotated key passes', async () => {
    const { openId, slug, browser, account, url, back } = await begun();
    const stranger = await startOpenIdProvider();
    openId.bendIdToken = (claims) => stranger.sign(claims);
    const query = await logIn(url, account);
    // The helper allows one origin: the provider's own again.
    allowOrigins(openId.issuer);
    await expectRefused(await back(query), 'PROVIDER_ANSWER_INVALID');
    openId.bendIdToken = null;
    openId.rotateKeys();
    const again = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    expect(await back(await logIn(again, account))).toBe('/');
  });

  it('of an old login proves nothing new, nor one that does not say when it was', async () => {
    for (const change of [
      (claims: Record<string, unknown>) => ({ ...claims, auth_time: now() - 3_600 }),
      ({ auth_time: _, ...claims }: Record<string, unknown>) => claims,
    ]) {
      const { openId, slug, account, finish, browser } = await begun();
      await finish();
      openId.bendIdToken = (claims) => openId.sign(change(claims));
      const url = await beginUrlAt(browser, { provider: slug, intent: 'confirm' });
      const path = await comeBackAt(browser, slug, await logIn(url, account));
      const failure = await expectRefused(path, 'PROVIDER_ANSWER_INVALID');
      expect(failure.details).toEqual({ check: 'auth_time' });
      const fresh = await system((tx) => tx.select().from(sessions).where(eq(sessions.signedInVia, slug)));
      expect(fresh.every((row) => row.authenticatedAt.getTime() === 0)).toBe(true);
    }
  });
});

describe('userinfo', () => {
  it('that speaks of another subject is refused', async () => {
    const { openId, finish } = await begun();
    openId.claimsInIdToken = false;
    openId.rebuild();
    openId.bendUserInfo = (claims) => ({ ...claims, sub: 'the-admin', groups: ['ops'] });
    await expectRefused(await finish(), 'PROVIDER_ANSWER_INVALID');
  });

  it('does not change who the ID token names', async () => {
    const { openId, finish, account } = await begun({
      groupMappings: [{ group: 'ops', role: 'admin', environmentIds: [] }],
    });
    openId.users.set(account, { name: 'Ada', groups: ['none of these'] });
    openId.bendUserInfo = (claims) => ({ ...claims, groups: ['ops'] });
    // The ID token lists groups, so userinfo is not asked.
    expect(await finish()).toBe('/');
    expect(openId.seen.some((line) => line.includes('/me'))).toBe(false);
  });
});

describe('the provider', () => {
  it('that is down gives an outage, at the start and at the callback, and nothing else', async () => {
    const { openId, slug, url, account, back } = await begun();
    const query = await logIn(url, account);
    await openId.stop();
    await expectRefused(await back(query), 'PROVIDER_UNREACHABLE');
    const answer = await beginAt(new Browser(), { provider: slug, intent: 'sign_in' });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ problem: { code: 'PROVIDER_UNREACHABLE' } });
  });

  it('that gives itself another name is refused with both', async () => {
    const { openId, slug } = await begun();
    openId.bendDiscovery = (metadata) => ({ ...metadata, issuer: 'https://other.example' });
    const answer = await beginAt(new Browser(), { provider: slug, intent: 'sign_in' });
    expect(await answer.json()).toMatchObject({
      problem: {
        code: 'PROVIDER_DISCOVERY_INVALID',
        details: { Entered: openId.issuer, 'The provider says': 'https://other.example' },
      },
    });
  });

  it('that is disabled or unknown takes no sign-in', async () => {
    const { openId } = await begun();
    const disabled = await makeIdentityProvider(openId, { enabled: false });
    for (const provider of [disabled.slug, 'made-up']) {
      expect((await beginAt(new Browser(), { provider, intent: 'sign_in' })).status).toBe(404);
    }
  });

  it('refuses a wrong client secret in its own words', async () => {
    const { openId, provider, browser, account, slug, back } = await begun();
    const clientSecret = await seal('wrong', {
      table: 'identity_provider_secrets',
      column: 'client_secret',
      rowId: provider.id,
    });
    await system((tx) =>
      tx
        .update(identityProviderSecrets)
        .set({ clientSecret })
        .where(eq(identityProviderSecrets.identityProviderId, provider.id)),
    );
    const url = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    const failure = await expectRefused(await back(await logIn(url, account)), 'PROVIDER_REFUSED');
    expect(failure.details).toMatchObject({ error: 'invalid_client' });
    expect(openId.issuer).toMatch(/^http:\/\/127/);
  });

  it('is told nothing that a browser adds', async () => {
    const { slug } = await begun();
    for (const extra of [{ scope: 'offline_access' }, { prompt: 'none' }, { intent: 'setup' }]) {
      const answer = await beginAt(new Browser(), { provider: slug, intent: 'sign_in', ...extra });
      expect(answer.status).toBe(400);
    }
  });
});

describe('a failed sign-in', () => {
  it('of a person who was signed in leaves their session as it was', async () => {
    const { openId, slug, account } = await begun();
    const browser = new Browser();
    const sessionId = await browser.signIn(await makePerson());
    openId.bendIdToken = (claims) => openId.sign({ ...claims, nonce: 'another' });
    const url = await beginUrlAt(browser, { provider: slug, intent: 'sign_in' });
    await expectRefused(
      await comeBackAt(browser, slug, await logIn(url, account)),
      'PROVIDER_ANSWER_INVALID',
    );
    const [row] = await system((tx) => tx.select().from(sessions).where(eq(sessions.id, sessionId)));
    expect(row?.endedAt).toBeNull();
  });
});
