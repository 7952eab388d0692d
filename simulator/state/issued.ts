import type { SimOrg, SimRequest, SimResponse } from '@/simulator/types';

export type SecretKind =
  | 'access token'
  | 'refresh token'
  | 'id token'
  | 'authorization code'
  | 'consumer secret'
  | 'code verifier'
  | 'assertion'
  | 'password';

/** A secret of the protocol, and what it is. */
export interface IssuedSecret {
  kind: SecretKind;
  value: string;
}

const OAUTH_PATHS = /^\/services\/oauth2\//;
const SENT: Readonly<Record<string, SecretKind>> = {
  code: 'authorization code',
  code_verifier: 'code verifier',
  client_secret: 'consumer secret',
  refresh_token: 'refresh token',
  token: 'refresh token',
  access_token: 'access token',
  oauth_token: 'access token',
  assertion: 'assertion',
  client_assertion: 'assertion',
  password: 'password',
};
const ANSWERED: Readonly<Record<string, SecretKind>> = {
  access_token: 'access token',
  refresh_token: 'refresh token',
  id_token: 'id token',
};

/**
 * Every secret that the orgs gave out or were shown, so that a test can look for them where they must not be. Outlives
 * a reset; a person's login at the org itself is not among them.
 */
export class IssuedSecrets {
  private readonly kinds = new Map<string, SecretKind>();

  noteApps(org: SimOrg): void {
    for (const { clientSecret, staged } of org.apps) {
      this.note('consumer secret', clientSecret);
      this.note('consumer secret', staged?.secret);
    }
  }

  noteRequest({ path, query, headers }: SimRequest, form: URLSearchParams): void {
    const [scheme, credentials] = headers.authorization?.split(' ', 2) ?? [];
    if (scheme === 'Basic' && credentials) this.noteBasic(credentials);
    else if (credentials) this.note('access token', credentials);
    if (!OAUTH_PATHS.test(path)) return;
    for (const [name, value] of [...query, ...form]) this.note(SENT[name], value);
  }

  noteResponse({ body, headers }: SimResponse): void {
    if (body.kind === 'json' && typeof body.value === 'object') {
      for (const [name, value] of Object.entries(body.value ?? {})) this.note(ANSWERED[name], value);
    }
    const location = headers?.Location;
    const query = typeof location === 'string' ? location.split('?')[1] : undefined;
    this.note('authorization code', new URLSearchParams(query).get('code'));
  }

  list(): IssuedSecret[] {
    return [...this.kinds].map(([value, kind]) => ({ kind, value }));
  }

  private noteBasic(credentials: string): void {
    const [, secret] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 2);
    this.note('consumer secret', secret && decodeURIComponent(secret));
  }

  private note(kind: SecretKind | undefined, value: unknown): void {
    if (kind && typeof value === 'string' && value !== '' && !this.kinds.has(value)) {
      this.kinds.set(value, kind);
    }
  }
}
