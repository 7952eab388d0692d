import { createHash } from 'node:crypto';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import type { RunningOrg } from '@/simulator/server';
import { TestBrowser } from '@/simulator/testing/browser';

export const CALLBACK = 'http://localhost:3999/callback';
export const VERIFIER = 'orgdock-test-verifier-0123456789-abcdefghijklmnop';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export interface TokenSet {
  access_token: string;
  refresh_token: string;
  signature: string;
  scope: string;
  id_token: string;
  instance_url: string;
  id: string;
  token_type: string;
  issued_at: string;
}

/** A well-behaved client of one org; tests change single parameters to misbehave. */
export class TestClient {
  readonly browser = new TestBrowser();

  constructor(readonly org: RunningOrg) {}

  authorizeUrl(changes: Record<string, string | null> = {}): string {
    const query = new URLSearchParams();
    const parameters: Record<string, string | null> = {
      response_type: 'code',
      client_id: this.org.clientId,
      redirect_uri: CALLBACK,
      scope: 'api refresh_token openid',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...changes,
    };
    for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
    return `${this.org.origin}/services/oauth2/authorize?${query}`;
  }

  /** Opens the authorize URL and follows redirects inside the org. */
  open(changes: Record<string, string | null> = {}): Promise<{ response: Response; url: string }> {
    return this.browser.follow(this.authorizeUrl(changes));
  }

  /** Submits the login page that `open` ended on. */
  async logIn(
    pageUrl: string,
    username: string,
    password = DEMO_PASSWORD,
  ): Promise<{ response: Response; url: string }> {
    const startURL = new URL(pageUrl).searchParams.get('startURL') ?? '';
    const url = `${this.org.origin}/login`;
    return this.browser.follow(url, await this.browser.submit(url, { username, password, startURL }));
  }

  /** Presses a button of the consent page; the answer goes to the callback. */
  async decide(pageUrl: string, decision: 'allow' | 'deny' | 'switch'): Promise<URL> {
    const { origin, pathname, searchParams } = new URL(pageUrl);
    const source = searchParams.get('source') ?? '';
    const response = await this.browser.submit(origin + pathname, { source, decision });
    return new URL(response.headers.get('location') ?? '', origin);
  }

  /** The whole way through the pages to a code, whatever of it is needed. */
  async obtainCode(username: string, changes: Record<string, string | null> = {}): Promise<string> {
    let step = await this.open(changes);
    if (step.response.status === 200 && new URL(step.url).pathname === '/login') {
      step = await this.logIn(step.url, username);
    }
    const callback =
      step.response.status === 200
        ? await this.decide(step.url, 'allow')
        : new URL(step.response.headers.get('location') ?? '');
    const code = callback.searchParams.get('code');
    if (!code) throw new Error(`No code came back: ${callback.href}`);
    return code;
  }

  /** POST to the token endpoint; a null value leaves a parameter out. */
  token(
    form: Record<string, string | null>,
    headers: Record<string, string> = {},
    path = 'token',
  ): Promise<Response> {
    const body = new URLSearchParams();
    const all = { client_id: this.org.clientId, client_secret: this.org.clientSecret, ...form };
    for (const [name, value] of Object.entries(all)) if (value !== null) body.set(name, value);
    return fetch(`${this.org.origin}/services/oauth2/${path}`, { method: 'POST', body, headers });
  }

  exchange(code: string, changes: Record<string, string | null> = {}): Promise<Response> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...changes,
    });
  }

  refresh(refreshToken: string, changes: Record<string, string | null> = {}): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changes });
  }

  /** A grant of this user, obtained through the pages in a fresh browser. */
  async connect(username: string, changes: Record<string, string | null> = {}): Promise<TokenSet> {
    const client = new TestClient(this.org);
    const response = await client.exchange(await client.obtainCode(username, changes));
    if (response.status !== 200) throw new Error(`No tokens: ${await response.text()}`);
    return (await response.json()) as TokenSet;
  }

  introspect(token: string): Promise<Response> {
    return this.token({ token }, {}, 'introspect');
  }

  /** GET with a bearer token. */
  get(path: string, token: string | null, headers: Record<string, string> = {}): Promise<Response> {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    return fetch(this.org.origin + path, { headers: { ...authorization, ...headers } });
  }
}

/** Status and JSON body together, for one assertion. */
export async function answerOf(
  response: Response | Promise<Response>,
): Promise<{ status: number; body: unknown }> {
  const settled = await response;
  const text = await settled.text();
  return { status: settled.status, body: text === '' ? null : JSON.parse(text) };
}
