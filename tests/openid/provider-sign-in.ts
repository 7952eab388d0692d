import { onTestFinished } from 'vitest';
import { GET as callbackRoute } from '@/app/api/auth/[...nextauth]/route';
import { POST as startRoute } from '@/app/api/provider-sign-in/route';
import { withSystem } from '@/db/client';
import { identities, identityProviderSecrets, identityProviders, people } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { seal } from '@/lib/vault/seal';
import { Browser } from '../browser';
import { makeContext } from '../factories';
import { allowOrigins } from '../loopback';
import { OPENID_CLIENT, OpenIdProvider, type OpenIdUser } from './openid-provider';

type ProviderRow = typeof identityProviders.$inferSelect;

/** A provider that stops with its test, and may be called. */
export async function startOpenIdProvider(...slugs: string[]): Promise<OpenIdProvider> {
  const openId = await OpenIdProvider.start(slugs.map(redirectUriOf));
  allowOrigins(openId.issuer);
  onTestFinished(() => openId.stop());
  return openId;
}

/** A provider's row in Orgdock, enabled, with its client secret. */
export async function makeIdentityProvider(
  openId: OpenIdProvider,
  values: Partial<typeof identityProviders.$inferInsert> = {},
): Promise<ProviderRow> {
  const id = crypto.randomUUID();
  const slug = values.slug ?? `login-${id.slice(0, 8)}`;
  const clientSecret = await seal(OPENID_CLIENT.secret, {
    table: 'identity_provider_secrets',
    column: 'client_secret',
    rowId: id,
  });
  const row = {
    ...{ id, slug, name: `Login ${slug}`, issuer: openId.issuer, clientId: OPENID_CLIENT.id },
    scopes: ['openid', 'profile', 'email', 'groups'],
    groupsClaim: 'groups',
    ...values,
  };
  openId.register(redirectUriOf(slug));
  return withSystem('test data', async (tx) => {
    const [made] = await tx.insert(identityProviders).values(row).returning();
    if (!made) throw new Error('not made');
    await tx.insert(identityProviderSecrets).values({ identityProviderId: id, clientSecret });
    return made;
  });
}

/** Posts to `/api/provider-sign-in`; the browser keeps its cookie. */
export async function beginAt(browser: Browser, body: unknown): Promise<Response> {
  return browser.take(await startRoute(browser.post('/api/provider-sign-in', body)));
}

/** The address of the provider's page. */
export async function beginUrlAt(browser: Browser, body: unknown): Promise<string> {
  const answer = (await (await beginAt(browser, body)).json()) as { url?: string };
  if (!answer.url) throw new Error(`no url: ${JSON.stringify(answer)}`);
  return answer.url;
}

/** What a person does at the provider: logs in, and is sent back. The query of the callback. */
export async function logIn(url: string, account: string, decision = 'login'): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let [address, body] = [url, null as URLSearchParams | null];
  for (;;) {
    const response = await fetch(address, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body ? { body } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null && response.status === 200) {
      body = new URLSearchParams({ account, decision });
      continue;
    }
    if (location === null)
      throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    body = null;
    address = new URL(location, address).href;
    if (address.includes('/api/auth/callback/')) return new URL(address).searchParams;
  }
}

/** Comes back from the provider. Where the browser is sent. */
export async function comeBackAt(
  browser: Browser,
  slug: string,
  query: URLSearchParams | string,
): Promise<string> {
  const request = browser.get(`/api/auth/callback/${slug}?${query}`);
  const params = Promise.resolve({ nextauth: ['callback', slug] });
  const response = browser.take(await callbackRoute(request, { params }));
  return response.headers.get('location') ?? '';
}

/** A whole sign-in. Where the browser ends. */
export async function signInAt(
  browser: Browser,
  slug: string,
  account: string,
  body: Record<string, unknown> = {},
): Promise<string> {
  const url = await beginUrlAt(browser, { provider: slug, intent: 'sign_in', ...body });
  return comeBackAt(browser, slug, await logIn(url, account));
}

/** An account at the provider with names of its own. */
export function makeAccount(openId: OpenIdProvider, facts: OpenIdUser = {}): string {
  const sub = `sub-${crypto.randomUUID()}`;
  const email = `${sub.slice(0, 10)}@acme.example`;
  openId.users.set(sub, { name: `Ada ${sub.slice(4, 10)}`, preferred_username: email, email, ...facts });
  return sub;
}

/** An administrator who has come in through an enabled provider; nobody else of the portal is one. */
export async function makeProvenAdmin() {
  const openId = await startOpenIdProvider();
  await withSystem('test', async (tx) => {
    await tx.update(people).set({ role: 'member' });
    await tx.delete(identityProviders);
  });
  const provider = await makeIdentityProvider(openId);
  const admin = await makeContext('admin');
  const account = makeAccount(openId);
  await linkIdentityTo(admin, openId.issuer, account);
  await signInAt(new Browser(), provider.slug, account);
  return { openId, provider, admin, slug: provider.slug };
}

/** Gives a person an identity. */
export async function linkIdentityTo({ personId }: PersonContext, issuer: string, subject: string) {
  await withSystem('test', (tx) =>
    tx.insert(identities).values({ personId, issuer, subject, username: subject }),
  );
}
