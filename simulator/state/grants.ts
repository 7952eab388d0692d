import { newAccessToken, newRefreshToken } from '@/simulator/state/token-values';
import type { SimApp, SimOrg, SimUser } from '@/simulator/types';

/** "Each connected app allows five unique approvals per user" (Salesforce Help, "Request Approval"). */
const GRANTS_PER_USER_AND_APP = 5;

/** Why a grant is over. */
export type GrantEnd =
  | 'replayed'
  | 'revoked'
  | 'sixth_approval'
  | 'app_blocked'
  | 'idle'
  | 'lifetime'
  | 'password_changed'
  | 'introspected';

export interface Grant {
  readonly id: number;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  /** When the refresh token was last issued or used. */
  lastUsedAt: number;
  /** The refresh token that works now; null when the scopes do not ask for one. */
  refreshToken: string | null;
  /** How often it was replaced. */
  rotations: number;
  /** How often a refresh token of it was used. */
  uses: number;
  /** A token request with the current refresh token is being worked on. */
  inFlight: boolean;
  ended: GrantEnd | null;
}

/** A grant as a state file keeps it: `tokens` are its refresh tokens, consumed ones too. */
export interface SavedGrant extends Grant {
  readonly tokens: readonly string[];
}

export interface AccessToken {
  /** Counted up; names the session without its token. */
  readonly id: number;
  readonly value: string;
  readonly grant: Grant;
  readonly issuedAt: number;
  lastUsedAt: number;
  /** Where the request that it answers came from. */
  readonly sourceIp: string;
  /** The login that it came of, once that is written down. */
  loginHistoryId: string | null;
  revoked: boolean;
}

export type RefreshTokenState = 'current' | 'consumed';

/** What one org knows of grants and tokens. */
export class GrantStore {
  private nextId = 1;
  private readonly grants: Grant[] = [];
  private readonly byRefreshToken = new Map<string, Grant>();
  private readonly accessTokens = new Map<string, AccessToken>();

  constructor(private readonly org: SimOrg) {}

  /** A new grant; the user's oldest one for this app dies when it is the sixth. */
  create(user: SimUser, app: SimApp, scopes: readonly string[]): Grant {
    const now = this.org.clock.now();
    const grant: Grant = {
      id: this.nextId++,
      userId: user.id,
      clientId: app.clientId,
      scopes,
      createdAt: now,
      lastUsedAt: now,
      refreshToken: null,
      rotations: 0,
      uses: 0,
      inFlight: false,
      ended: null,
    };
    this.grants.push(grant);
    if (scopes.includes('refresh_token') || scopes.includes('offline_access')) {
      this.setRefreshToken(grant, newRefreshToken());
      this.endOldest(grant);
    }
    return grant;
  }

  issueAccessToken(grant: Grant): AccessToken {
    const now = this.org.clock.now();
    const value = newAccessToken(this.org.orgId);
    const token: AccessToken = {
      id: this.accessTokens.size + 1,
      value,
      grant,
      issuedAt: now,
      lastUsedAt: now,
      sourceIp: this.org.egressAddress,
      loginHistoryId: null,
      revoked: false,
    };
    this.accessTokens.set(value, token);
    return token;
  }

  /** Replaces the refresh token; the old one is consumed from now on and stays known as such. */
  rotate(grant: Grant): string {
    const token = newRefreshToken();
    this.setRefreshToken(grant, token);
    grant.rotations += 1;
    return token;
  }

  findRefreshToken(value: string): { grant: Grant; state: RefreshTokenState } | null {
    const grant = this.byRefreshToken.get(value);
    if (!grant) return null;
    return { grant, state: grant.refreshToken === value ? 'current' : 'consumed' };
  }

  /** Ends a grant that sat idle, or grew old, beyond the app's policy, then says whether it still works. */
  isAlive(grant: Grant, app: SimApp): boolean {
    const now = this.org.clock.now();
    if (isOver(now - grant.lastUsedAt, app.refreshIdleMs)) this.end(grant, 'idle');
    if (isOver(now - grant.createdAt, app.refreshLifetimeMs)) this.end(grant, 'lifetime');
    return grant.ended === null;
  }

  findAccessToken(value: string): AccessToken | null {
    return this.accessTokens.get(value) ?? null;
  }

  /** An access token lives as long as its session: idle time, not age ("Modify Session Security Settings"). */
  isLive(token: AccessToken): boolean {
    const idle = this.org.clock.now() - token.lastUsedAt;
    const ofThisOrg = token.value.startsWith(this.org.orgId.slice(0, 15));
    return !token.revoked && !token.grant.ended && ofThisOrg && idle <= this.org.sessionTimeoutMs;
  }

  /** The live access tokens, oldest first: each is a session of its user. */
  sessions(): AccessToken[] {
    return [...this.accessTokens.values()].filter((token) => this.isLive(token));
  }

  end(grant: Grant, reason: GrantEnd): void {
    grant.ended ??= reason;
  }

  /** Ends every access token of the org, or of one user; their number. */
  expireAccessTokens(userId: string | null): number {
    let count = 0;
    for (const token of this.accessTokens.values()) {
      if (!this.isLive(token) || (userId !== null && token.grant.userId !== userId)) continue;
      token.revoked = true;
      count += 1;
    }
    return count;
  }

  /** All grants, oldest first. */
  list(): readonly Grant[] {
    return this.grants;
  }

  /** Every grant with all its refresh tokens, for a later `restore`. Access tokens end with the process. */
  save(): SavedGrant[] {
    return this.grants.map((grant) => ({
      ...grant,
      tokens: [...this.byRefreshToken].filter(([, owner]) => owner === grant).map(([value]) => value),
    }));
  }

  restore(saved: readonly SavedGrant[]): void {
    for (const { tokens, ...grant } of saved) {
      const restored = { ...grant, uses: grant.uses ?? 0, inFlight: false };
      this.grants.push(restored);
      for (const token of tokens) this.byRefreshToken.set(token, restored);
      this.nextId = Math.max(this.nextId, grant.id + 1);
    }
  }

  private setRefreshToken(grant: Grant, value: string): void {
    grant.refreshToken = value;
    grant.lastUsedAt = this.org.clock.now();
    this.byRefreshToken.set(value, grant);
  }

  private endOldest(newest: Grant): void {
    const rivals = this.grants.filter(
      (grant) =>
        grant.ended === null &&
        grant.refreshToken !== null &&
        grant.userId === newest.userId &&
        grant.clientId === newest.clientId,
    );
    for (const grant of rivals.slice(0, Math.max(0, rivals.length - GRANTS_PER_USER_AND_APP))) {
      this.end(grant, 'sixth_approval');
    }
  }
}

function isOver(age: number, limit: number | null): boolean {
  return limit !== null && age > limit;
}
