import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { Provider, type ProviderContext } from 'oidc-provider';
import type { Secret } from '../leaks/secret-scanner';
import { memoryAdapter } from './memory-adapter';

export interface OpenIdUser {
  name?: string;
  preferred_username?: string;
  email?: string;
  groups?: string[];
}

export const OPENID_CLIENT = { id: 'orgdock', secret: 'the-client-secret-of-orgdock' };

const MINUTE = 60;

/** A certified OpenID provider (npm: oidc-provider) on a free port of this machine, whose answers a test can bend. */
export class OpenIdProvider {
  readonly users = new Map<string, OpenIdUser>();
  /** Makes another ID token of the claims that would be sent. */
  bendIdToken: ((claims: JWTPayload) => Promise<string>) | null = null;
  bendUserInfo: ((claims: Record<string, unknown>) => unknown) | null = null;
  bendDiscovery: ((metadata: Record<string, unknown>) => unknown) | null = null;
  /** Paths that were asked for, with their queries. */
  readonly seen: string[] = [];
  /** Codes, tokens, verifiers and the client's secret: what must be found nowhere. */
  readonly issued: Secret[] = [{ kind: 'OpenID client secret', value: OPENID_CLIENT.secret }];
  issuer = '';
  /** Whether names and groups stand in the ID token, and not only behind the userinfo endpoint. */
  claimsInIdToken = true;
  #server: Server;
  #provider: Provider | null = null;
  #key: JWK = newKey();
  #adapter = memoryAdapter();
  #redirectUris: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  static async start(redirectUris: string[]): Promise<OpenIdProvider> {
    const started = new OpenIdProvider();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    started.issuer = `http://127.0.0.1:${(started.#server.address() as AddressInfo).port}`;
    started.register(...redirectUris);
    return started;
  }

  /** Lets the client come back to these addresses, too. */
  register(...redirectUris: string[]): void {
    this.#redirectUris.push(...redirectUris);
    this.#provider = this.#build();
  }

  /** A new signing key; the old one is not published any more. */
  rotateKeys(): void {
    this.#key = newKey();
    this.#provider = this.#build();
  }

  /** Takes effect on what is answered from now on. */
  rebuild(): void {
    this.#provider = this.#build();
  }

  /** Signs claims with the provider's present key. */
  async sign(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: this.#key.kid ?? '' })
      .sign(await importJWK(this.#key, 'RS256'));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    // A test may have stopped it already.
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    this.seen.push(`${request.method} ${url.pathname}${url.search}`);
    const provider = this.#provider;
    if (!provider) throw new Error('the provider was not started');
    if (!url.pathname.startsWith('/interaction/')) return provider.callback()(request, response);
    if (request.method === 'GET') return sendLoginPage(response, url.pathname);
    const form = await readForm(request);
    const account = form.get('account') ?? '';
    const result =
      form.get('decision') === 'cancel'
        ? { error: 'access_denied', error_description: 'The person cancelled.' }
        : { login: { accountId: account } };
    await provider.interactionFinished(request, response, result);
  }

  #build(): Provider {
    const provider = new Provider(this.issuer, {
      adapter: this.#adapter,
      clients: [
        {
          client_id: OPENID_CLIENT.id,
          client_secret: OPENID_CLIENT.secret,
          redirect_uris: this.#redirectUris,
        },
      ],
      jwks: { keys: [this.#key] },
      cookies: { keys: ['a key of the tests'] },
      claims: {
        openid: ['sub'],
        profile: ['name', 'preferred_username'],
        email: ['email'],
        groups: ['groups'],
      },
      scopes: ['openid', 'profile', 'email', 'groups'],
      conformIdTokenClaims: !this.claimsInIdToken,
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      findAccount: (_: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, ...this.users.get(sub) }),
      }),
      loadExistingGrant: allowEverything,
      renderError: (ctx: { body: string }, out: { error: string; error_description?: string }) => {
        ctx.body = `${out.error}: ${out.error_description ?? ''}`;
      },
      ttl: {
        AccessToken: 5 * MINUTE,
        AuthorizationCode: MINUTE,
        Grant: 60 * MINUTE,
        IdToken: 5 * MINUTE,
        Interaction: 10 * MINUTE,
        Session: 60 * MINUTE,
      },
    });
    provider.use(async (ctx, next) => {
      await next();
      await this.#bend(ctx);
      this.#note(ctx);
    });
    return provider;
  }

  async #bend(ctx: ProviderContext): Promise<void> {
    const route = ctx.oidc?.route;
    const body = ctx.body as Record<string, unknown>;
    if (route === 'token' && this.bendIdToken && typeof body.id_token === 'string') {
      const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString());
      ctx.body = { ...body, id_token: await this.bendIdToken(claims) };
    }
    if (route === 'userinfo' && this.bendUserInfo) ctx.body = this.bendUserInfo(body);
    if (route === 'discovery' && this.bendDiscovery) ctx.body = this.bendDiscovery(body);
  }

  #note({ oidc, body }: ProviderContext): void {
    if (oidc?.route !== 'token') return;
    const told = { ...oidc.params, ...(body as Record<string, unknown>) };
    for (const name of ['code', 'code_verifier', 'access_token', 'id_token']) {
      const value = told[name];
      if (typeof value === 'string') this.issued.push({ kind: `OpenID ${name}`, value });
    }
  }
}

function newKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

/** Consent is not what these tests are about: whoever logs in has allowed everything. */
async function allowEverything({ oidc }: ProviderContext) {
  const { clientId } = oidc.client;
  const known = oidc.session.grantIdFor(clientId);
  const found = known ? await oidc.provider.Grant.find(known) : undefined;
  if (found) return found;
  const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope('openid profile email groups');
  await grant.save();
  return grant;
}

function sendLoginPage(response: ServerResponse, action: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>Company login</title><link rel="icon" href="data:,"><main><h1>Company login</h1>
    <form method="post" action="${action}"><label>Account <input name="account"></label>
    <button name="decision" value="login">Log in</button><button name="decision" value="cancel">Cancel</button></form></main>`);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}
