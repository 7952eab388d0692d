import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { OAuthApp, TokenAnswer } from '@/lib/salesforce/types';
import { type SeenRequest, sendJson, startLoopback } from './loopback';

/** What can happen to a token request. `after`: Salesforce rotates first. */
export type TokenFault =
  | 'html-502-before'
  | 'drop-before'
  | 'html-504-after'
  | 'drop-after'
  | 'truncate-after'
  | 'empty-200-after'
  | 'wrong-org-after'
  | 'foreign-host-after'
  | 'keep-refresh-token'
  | 'json-503'
  | 'status-429'
  | 'already-processed'
  | 'invalid_client'
  | 'ip-restricted'
  | 'expired'
  | 'inactive';

interface Family {
  current: string;
  access: Set<string>;
  consumed: Set<string>;
  alive: boolean;
  busy: boolean;
}

export const ORG_ID = '00D000000000001EAA';
export const USER_ID = '005000000000001AAA';

const INVALID_CLIENT = { error: 'invalid_client', error_description: 'invalid client credentials' };
const EXPIRED = { error: 'invalid_grant', error_description: 'expired access/refresh token' };

/** A strict token endpoint with rotation: a consumed refresh token that comes back ends the grant and is a violation. */
export class TokenEndpoint {
  origin = '';
  readonly clientId = '3MVG9.test';
  clientSecret = 'the-consumer-secret';
  /** Taken one per token request, first first. */
  readonly faults: TokenFault[] = [];
  /** `pretend`: a 200 although nothing was revoked. `drop-after`: revoked, and the answer is lost. */
  readonly revokeFaults: Array<'drop' | 'drop-after' | 'http-503' | 'pretend'> = [];
  /** Taken one per introspection, first first. */
  /** Awaited by every token request after the work and before the answer. */
  beforeAnswer: () => Promise<void> = async () => undefined;
  beforeRevoke: () => Promise<void> = async () => undefined;
  /** Taken one per introspection, first first. */
  readonly introspectionFaults: Array<'http-503' | 'refused' | 'drop'> = [];
  refreshes = 0;
  revokes = 0;
  introspections = 0;
  /** How often a consumed refresh token was asked about: allowed, but counted. */
  introspectedConsumed = 0;
  violations: string[] = [];
  #families = new Set<Family>();

  get app(): OAuthApp {
    return { tokenHost: this.origin, clientId: this.clientId, clientSecret: this.clientSecret };
  }

  /** A consent: a new family of tokens. */
  consent(values: Partial<TokenAnswer> = {}): TokenAnswer & { refreshToken: string } {
    const family = {
      current: newToken('5Aep'),
      access: new Set<string>(),
      consumed: new Set<string>(),
      alive: true,
      busy: false,
    };
    this.#families.add(family);
    return { ...this.#answer(family), ...values, refreshToken: family.current };
  }

  /** Ends every access token: the next data call gets a 401. */
  expireAccessTokens(): void {
    for (const family of this.#families) family.access.clear();
  }

  accepts(accessToken: string): boolean {
    return [...this.#families].some((family) => family.alive && family.access.has(accessToken));
  }

  isCurrent(refreshToken: string): boolean {
    return [...this.#families].some((family) => family.alive && family.current === refreshToken);
  }

  isAlive(refreshToken: string): boolean {
    return this.#familyOf(refreshToken)?.alive ?? false;
  }

  get liveGrants(): number {
    return [...this.#families].filter((family) => family.alive).length;
  }

  async handle({ url, body, method, headers }: SeenRequest, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(body);
    if (url.pathname === '/services/oauth2/token' && method === 'POST')
      return await this.#refresh(form, response);
    if (url.pathname === '/services/oauth2/revoke' && method === 'POST')
      return await this.#revoke(form, response);
    if (url.pathname === '/services/oauth2/introspect' && method === 'POST')
      return this.#introspect(form, response);
    if (url.pathname === '/services/oauth2/userinfo')
      return await this.#userInfo(headers.authorization, response);
    if (/^\/services\/data\/v[\d.]+\/query$/.test(url.pathname)) {
      const records = [{ Name: 'Acme Corporation', IsSandbox: false }];
      return sendJson(response, 200, { totalSize: 1, done: true, records });
    }
    if (url.pathname.endsWith('/connect/organization')) {
      return sendJson(response, 200, { features: { defaultCurrencyIsoCode: 'EUR', multiCurrency: false } });
    }
    this.violations.push(`unknown request ${method} ${url.pathname}`);
    sendJson(response, 501, { error: 'unknown', error_description: url.pathname });
  }

  async #refresh(form: URLSearchParams, response: ServerResponse): Promise<void> {
    this.refreshes += 1;
    const fault = this.faults.shift();
    if (fault === 'html-502-before') return sendHtml(response, 502);
    if (fault === 'drop-before') return drop(response);
    if (fault === 'status-429') return sendHtml(response, 429);
    if (fault === 'json-503')
      return sendJson(response, 503, { error: 'service_unavailable', error_description: 'later' });
    const isClient =
      form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret;
    if (fault === 'invalid_client' || !isClient) return sendJson(response, 400, INVALID_CLIENT);
    if (fault === 'ip-restricted') return refuse(response, 'ip restricted');
    if (fault === 'inactive')
      return sendJson(response, 400, { error: 'inactive_user', error_description: 'user is inactive' });
    if (fault === 'already-processed') return refuse(response, 'token request is already being processed');
    const token = form.get('refresh_token') ?? '';
    const family = this.#familyOf(token);
    if (family?.consumed.has(token)) {
      this.violations.push('a consumed token was presented at /token');
      family.alive = false;
    }
    if (fault === 'expired' && family) family.alive = false;
    if (!family?.alive) return sendJson(response, 400, EXPIRED);
    if (family.busy) return refuse(response, 'token request is already being processed');
    family.busy = true;
    if (fault !== 'keep-refresh-token') rotate(family);
    const answer = this.#answer(family);
    await this.beforeAnswer();
    family.busy = false;
    this.#send(response, fault, answer);
  }

  #send(response: ServerResponse, fault: TokenFault | undefined, answer: TokenAnswer): void {
    const body: Record<string, unknown> = {
      access_token: answer.accessToken,
      refresh_token: answer.refreshToken,
      instance_url: fault === 'foreign-host-after' ? 'https://evil.example' : answer.instanceUrl,
      id:
        fault === 'wrong-org-after'
          ? answer.identityUrl.replace(ORG_ID, '00D000000000009EAA')
          : answer.identityUrl,
      scope: 'api refresh_token openid',
      token_type: 'Bearer',
      issued_at: String(answer.issuedAt.getTime()),
    };
    if (fault === 'keep-refresh-token') delete body.refresh_token;
    if (fault === 'html-504-after') sendHtml(response, 504);
    else if (fault === 'drop-after') drop(response);
    else if (fault === 'empty-200-after')
      response.writeHead(200, { 'content-type': 'application/json' }).end();
    else if (fault === 'truncate-after') truncate(response, JSON.stringify(body));
    else sendJson(response, 200, body);
  }

  async #revoke(form: URLSearchParams, response: ServerResponse): Promise<void> {
    this.revokes += 1;
    await this.beforeRevoke();
    const fault = this.revokeFaults.shift();
    if (fault === 'drop') return drop(response);
    if (fault === 'http-503') return sendHtml(response, 503);
    const token = form.get('token') ?? '';
    const family = this.#familyOf(token);
    if (family?.consumed.has(token)) this.violations.push('a consumed token was presented at /revoke');
    if (!family?.alive)
      return sendJson(response, 400, { error: 'invalid_token', error_description: 'invalid token' });
    if (fault !== 'pretend') {
      family.alive = family.access.has(token);
      family.access.delete(token);
    }
    if (fault === 'drop-after') return drop(response);
    response.writeHead(200);
    response.end();
  }

  #introspect(form: URLSearchParams, response: ServerResponse): void {
    this.introspections += 1;
    const fault = this.introspectionFaults.shift();
    const refused = fault === 'refused' || form.get('client_secret') !== this.clientSecret;
    if (fault === 'drop') drop(response);
    else if (fault === 'http-503') sendHtml(response, 503);
    else if (refused) sendJson(response, 400, INVALID_CLIENT);
    else sendJson(response, 200, { active: this.#isActive(form.get('token') ?? '') });
  }

  #isActive(token: string): boolean {
    const family = this.#familyOf(token);
    if (family?.consumed.has(token)) this.introspectedConsumed += 1;
    return family?.alive === true && !family.consumed.has(token);
  }

  async #userInfo(authorization: string | undefined, response: ServerResponse): Promise<void> {
    if (!this.accepts((authorization ?? '').replace('Bearer ', ''))) {
      response.writeHead(403, { 'content-type': 'text/html' });
      response.end('Bad_OAuth_Token');
      return;
    }
    sendJson(response, 200, {
      user_id: USER_ID,
      organization_id: ORG_ID,
      preferred_username: 'ada@acme.example',
      name: 'Ada Lovelace',
    });
  }

  #familyOf(token: string): Family | undefined {
    return [...this.#families].find(
      (family) => family.current === token || family.consumed.has(token) || family.access.has(token),
    );
  }

  #answer(family: Family): TokenAnswer {
    const accessToken = newToken('00D000000000001!');
    family.access.add(accessToken);
    return {
      accessToken,
      refreshToken: family.current,
      instanceUrl: this.origin,
      identityUrl: `${this.origin}/id/${ORG_ID}/${USER_ID}`,
      orgId: ORG_ID,
      userId: USER_ID,
      scopes: ['api', 'refresh_token', 'openid'],
      issuedAt: new Date(),
      nonce: null,
    };
  }
}

/** Starts an endpoint that stops with the test. */
export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const endpoint = new TokenEndpoint();
  const { origin } = await startLoopback((request, response) => endpoint.handle(request, response));
  endpoint.origin = origin;
  return endpoint;
}

function rotate(family: Family): void {
  family.consumed.add(family.current);
  family.current = newToken('5Aep');
}

function newToken(prefix: string): string {
  return `${prefix}${randomBytes(24).toString('hex')}`;
}

function refuse(response: ServerResponse, description: string): void {
  sendJson(response, 400, { error: 'invalid_grant', error_description: description });
}

function sendHtml(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end('<html><body>We are setting things up</body></html>');
}

function truncate(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
  response.write(text.slice(0, 40));
  setImmediate(() => drop(response));
}

function drop(response: ServerResponse): void {
  response.socket?.destroy();
}
