import { stagedPairOf } from '@/simulator/apps/lookup';
import type { AdvanceableClock } from '@/simulator/clock';
import { LoginHistory } from '@/simulator/evidence/login-history';
import { SetupAuditTrail } from '@/simulator/evidence/setup-audit-trail';
import { OneTimeLogins } from '@/simulator/frontdoor/one-time-logins';
import type { Deployment } from '@/simulator/metadata/deployment';
import { GrantStore, type SavedGrant } from '@/simulator/state/grants';
import { LoginSessions } from '@/simulator/state/login-sessions';
import type { SigningKey } from '@/simulator/state/signing-key';
import type { SimApp, SimOrg, SimUser } from '@/simulator/types';

/** An authorization request that waits for a login or a consent. */
export interface PendingAuthorization {
  readonly id: string;
  readonly app: SimApp;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  readonly prompt: readonly string[];
  readonly loginHint: string | null;
  readonly createdAt: number;
  /** The person chose an account on the chooser. */
  accountChosen: boolean;
}

/** An authorization code and what it is bound to. */
export interface AuthorizationCode {
  readonly value: string;
  readonly app: SimApp;
  readonly user: SimUser;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  readonly issuedAt: number;
  used: boolean;
}

/** Switches of the simulator that are no setting of a real org. */
export interface SimulatorModes {
  /** Introspecting a consumed refresh token revokes its grant (undocumented, so both are possible). */
  introspectionRevokes: boolean;
  /** How a missing or blocked app is told: to the callback, or on Salesforce's own error page. */
  appErrors: 'callback' | 'page';
}

const DAY_MS = 24 * 60 * 60 * 1000;

export interface SavedOrg {
  readonly grants: readonly SavedGrant[];
  /** `user id + client id` and the approved scopes. */
  readonly approvals: ReadonlyArray<readonly [string, readonly string[]]>;
  /** What Setup says of flows without a person. Left out by older files. */
  readonly setup?: {
    readonly passwordFlow: boolean;
    readonly apps: readonly SavedApp[];
    /** Apps that a deployment made, whole. */
    readonly deployed?: readonly SimApp[];
  };
}

type SavedApp = Pick<SimApp, 'clientId' | 'certificate' | 'clientCredentialsUser' | 'preApproved'> &
  Partial<Pick<SimApp, 'clientSecret' | 'staged'>>;

/** Everything that one org remembers. A reset replaces it. */
export class OrgState {
  readonly grants: GrantStore;
  readonly logins: LoginSessions;
  readonly loginHistory: LoginHistory;
  readonly setupAuditTrail: SetupAuditTrail;
  readonly oneTimeLogins: OneTimeLogins;
  readonly pending = new Map<string, PendingAuthorization>();
  readonly codes = new Map<string, AuthorizationCode>();
  /** By id. */
  readonly deployments = new Map<string, Deployment>();
  /** `user id + client id` → approved scopes. */
  private readonly approvals = new Map<string, Set<string>>();
  readonly modes: SimulatorModes = { introspectionRevokes: false, appErrors: 'callback' };

  private apiWindowStart: number;

  constructor(
    readonly org: SimOrg,
    readonly clock: AdvanceableClock,
    readonly signingKey: SigningKey,
  ) {
    this.apiWindowStart = org.clock.now();
    this.grants = new GrantStore(org);
    this.logins = new LoginSessions(org);
    this.loginHistory = new LoginHistory(org);
    this.setupAuditTrail = new SetupAuditTrail(org);
    this.oneTimeLogins = new OneTimeLogins(clock);
  }

  /** Counts one API call; false when the budget of these 24 hours is used up. */
  spendApiCall(): boolean {
    const { api, clock } = this.org;
    if (clock.now() - this.apiWindowStart >= DAY_MS) {
      this.apiWindowStart = clock.now();
      api.used = 0;
    }
    if (api.used >= api.max) return false;
    api.used += 1;
    return true;
  }

  userById(id: string): SimUser | null {
    return this.org.users.find((user) => user.id === id) ?? null;
  }

  userByName(username: string): SimUser | null {
    const wanted = username.trim().toLowerCase();
    return this.org.users.find((user) => user.username.toLowerCase() === wanted) ?? null;
  }

  appById(clientId: string | null): SimApp | null {
    const now = this.clock.now();
    const has = (app: SimApp) => app.clientId === clientId || stagedPairOf(app, now)?.key === clientId;
    return this.org.apps.find((app) => app.usableAt <= now && has(app)) ?? null;
  }

  isApproved(user: SimUser, app: SimApp, scopes: readonly string[]): boolean {
    const approved = this.approvals.get(user.id + app.clientId);
    return approved !== undefined && scopes.every((scope) => approved.has(scope));
  }

  approve(user: SimUser, app: SimApp, scopes: readonly string[]): void {
    const key = user.id + app.clientId;
    this.approvals.set(key, new Set([...(this.approvals.get(key) ?? []), ...scopes]));
  }

  /** A rotation gave an app another key: its grants and approvals are still its own. */
  renameClient(from: string, to: string): void {
    if (from === to) return;
    for (const grant of this.grants.list()) if (grant.clientId === from) grant.clientId = to;
    for (const [key, scopes] of [...this.approvals]) {
      if (!key.endsWith(from)) continue;
      this.approvals.delete(key);
      this.approvals.set(key.slice(0, -from.length) + to, scopes);
    }
  }

  /** Revoking a user's last grant of an app takes the remembered approval with it. */
  forgetApprovalWithoutGrant(userId: string, clientId: string): void {
    const alive = this.grants
      .list()
      .some(
        (grant) =>
          !grant.ended && grant.refreshToken && grant.userId === userId && grant.clientId === clientId,
      );
    if (!alive) this.approvals.delete(userId + clientId);
  }

  /** Forgets every remembered approval; their number. */
  forgetApprovals(): number {
    const { size } = this.approvals;
    this.approvals.clear();
    return size;
  }

  /** What outlives the process: grants, remembered approvals, and the settings of flows without a person. */
  save(): SavedOrg {
    const approvals = [...this.approvals].map(([key, scopes]) => [key, [...scopes]] as const);
    const [deployed, seeded] = [true, false].map((made) =>
      this.org.apps.filter(({ isDeployed }) => isDeployed === made),
    );
    const apps = (seeded ?? []).map((app) => {
      const { clientId, clientSecret, staged, certificate, clientCredentialsUser, preApproved } = app;
      return { clientId, clientSecret, staged, certificate, clientCredentialsUser, preApproved };
    });
    const setup = { passwordFlow: this.org.passwordFlow, apps, deployed: deployed ?? [] };
    return { grants: this.grants.save(), approvals, setup };
  }

  restore(saved: SavedOrg): void {
    this.grants.restore(saved.grants);
    for (const [key, scopes] of saved.approvals) this.approvals.set(key, new Set(scopes));
    if (!saved.setup) return;
    this.org.passwordFlow = saved.setup.passwordFlow;
    for (const { clientId, ...settings } of saved.setup.apps) {
      Object.assign(this.appById(clientId) ?? {}, settings);
    }
    this.org.apps.push(...(saved.setup.deployed ?? []));
  }
}
