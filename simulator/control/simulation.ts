import { appByName } from '@/simulator/apps/lookup';
import { rotatePair } from '@/simulator/apps/secrets';
import type { AdvanceableClock } from '@/simulator/clock';
import type { AppPolicy, SimulatorAct } from '@/simulator/control/acts';
import { hide } from '@/simulator/control/hide';
import type { GrantSummary, OrgSummary } from '@/simulator/control/summaries';
import { UnknownName } from '@/simulator/control/unknown-name';
import { setupChangeOf } from '@/simulator/evidence/setup-change';
import type { FaultQueue } from '@/simulator/faults/queue';
import { type Ledger, tokenHash } from '@/simulator/ledger';
import type { OrgRuntime } from '@/simulator/org-server';
import type { DataService } from '@/simulator/rest/service';
import type { GrantEnd } from '@/simulator/state/grants';
import type { IssuedSecret, IssuedSecrets } from '@/simulator/state/issued';
import { OrgState } from '@/simulator/state/org-state';
import type { SimApp, SimOrg } from '@/simulator/types';

/** What the control API does to the running orgs. */
export class Simulation {
  private readonly restorers: ReadonlyArray<() => void>;

  constructor(
    private readonly runtimes: readonly OrgRuntime[],
    readonly clock: AdvanceableClock,
    readonly ledger: Ledger,
    readonly faults: FaultQueue,
    private readonly issued: IssuedSecrets,
  ) {
    this.restorers = runtimes.map(({ state }) => rememberOrg(state.org));
  }

  listOrgs(): OrgSummary[] {
    return this.runtimes.map(({ state: { org } }) => ({
      name: org.name,
      companyName: org.companyName,
      origin: org.origin,
      instanceUrl: org.instanceUrl,
      orgId: org.orgId,
      clientId: org.apps[0]?.clientId ?? '',
      apps: org.apps.map(({ id, developerName, label, clientId, isDeployed }) => ({
        id,
        developerName,
        label,
        clientId,
        isDeployed,
      })),
      apiUsed: org.api.used,
      apiMax: org.api.max,
    }));
  }

  /** Every grant of an org, oldest first; tokens only as the ledger names them. */
  listGrants(orgName: string): GrantSummary[] {
    const { state } = this.requireRuntime(orgName);
    return state.grants.list().map((grant) => ({
      id: grant.id,
      username: state.userById(grant.userId)?.username ?? grant.userId,
      clientId: grant.clientId,
      scopes: grant.scopes,
      createdAt: grant.createdAt,
      rotations: grant.rotations,
      refreshToken: grant.refreshToken === null ? null : tokenHash(grant.refreshToken),
      ended: grant.ended,
    }));
  }

  /** Every secret that any org gave out or was shown since the start, resets or not. */
  listIssued(): IssuedSecret[] {
    for (const { state } of this.runtimes) this.issued.noteApps(state.org);
    return this.issued.list();
  }

  /** Does the act; the number of things that it changed. */
  act(act: SimulatorAct): number {
    const { state, service } = this.requireRuntime(act.org);
    const changed = change(state, service, act);
    const inSetup = setupChangeOf(act, state.org);
    if (inSetup) state.setupAuditTrail.note(inSetup);
    return changed;
  }

  /** Everything as it was at the start: no grants, no sessions, no faults, an empty ledger, real time. */
  reset(): void {
    this.clock.reset();
    this.faults.clear();
    this.ledger.clear();
    for (const restore of this.restorers) restore();
    for (const runtime of this.runtimes) {
      const { org, signingKey } = runtime.state;
      runtime.state = new OrgState(org, this.clock, signingKey);
      runtime.service.written.clear();
    }
  }

  private requireRuntime(name: string): OrgRuntime {
    const runtime = this.runtimes.find(({ state }) => state.org.name === name);
    if (!runtime) throw new UnknownName(`There is no org "${name}".`);
    return runtime;
  }
}

function change(state: OrgState, service: DataService, act: SimulatorAct): number {
  const { org } = state;
  switch (act.act) {
    case 'expire_access_tokens':
      return state.grants.expireAccessTokens(act.username ? requireUser(state, act.username).id : null);
    case 'revoke_grants':
      return revokeGrants(state, act.username);
    case 'end_login_sessions':
      return state.logins.endAll();
    case 'forget_approvals':
      return state.forgetApprovals();
    case 'block_app':
      return changeApps(org, act.app, { blocked: act.blocked });
    case 'uninstall_app':
      return changeApps(org, act.app, { installed: !act.uninstalled });
    case 'rotation':
      return changeApps(org, act.app, { rotation: act.on });
    case 'change_secret':
      return changeSecret(state, act);
    case 'change_app':
      return changeApps(org, act.app, act.changes);
    case 'secrets_by_rest':
      org.appSettings.secretsByRest = act.on;
      return 1;
    case 'secret_rotation':
      org.appSettings.secretRotation = act.behaviour;
      org.appSettings.stagesNewKey = act.new_key;
      return 1;
    case 'new_app_delay':
      org.appSettings.newAppDelayMs = act.minutes * 60_000;
      return 1;
    case 'change_instance_url':
      org.instanceUrl = act.instanceUrl;
      return 1;
    case 'egress_address':
      org.egressAddress = act.address;
      return 1;
    case 'change_org_id':
      org.orgId = act.orgId;
      return 1;
    case 'deactivate_user':
      requireUser(state, act.username).isActive = !act.inactive;
      return 1;
    case 'password_flow':
      org.passwordFlow = act.on;
      return 1;
    case 'freeze_user':
      requireUser(state, act.username).isFrozen = act.frozen;
      return 1;
    case 'change_password':
      return changePassword(state, act.username, act.password);
    case 'use_api_calls':
      org.api.used = act.used;
      return 1;
    case 'fill_field':
      org.filled.set(act.field, act.value);
      return 1;
    case 'hide_field':
      return hide(org, service.data, act.field, act);
    case 'hide_object':
      return hide(org, service.data, act.sobject, act);
    case 'expire_locators':
      return service.locators.forgetAll();
    case 'introspection_revokes':
      state.modes.introspectionRevokes = act.on;
      return 1;
    case 'app_errors':
      state.modes.appErrors = act.delivery;
      return 1;
  }
}

function requireUser(state: OrgState, username: string) {
  const user = state.userByName(username);
  if (!user) throw new UnknownName(`There is no user "${username}" in ${state.org.name}.`);
  return user;
}

function revokeGrants(state: OrgState, username: string | undefined): number {
  return endGrants(state, username === undefined ? null : requireUser(state, username).id, 'revoked');
}

function changePassword(state: OrgState, username: string, password: string): number {
  const user = requireUser(state, username);
  user.password = password;
  state.logins.endOf(user);
  return endGrants(state, user.id, 'password_changed');
}

function endGrants(state: OrgState, userId: string | null, reason: GrantEnd): number {
  const alive = state.grants
    .list()
    .filter((grant) => !grant.ended && (userId === null || grant.userId === userId));
  for (const grant of alive) {
    state.grants.end(grant, reason);
    state.forgetApprovalWithoutGrant(grant.userId, grant.clientId);
  }
  return alive.length;
}

function appsOf(org: SimOrg, named: string | undefined): SimApp[] {
  if (named === undefined) return org.apps;
  const app = appByName(org, named) ?? org.apps.find(({ clientId }) => clientId === named);
  if (!app) throw new UnknownName(`There is no app "${named}" in ${org.name}.`);
  return [app];
}

function changeApps(org: SimOrg, named: string | undefined, changes: AppPolicy): number {
  const apps = appsOf(org, named);
  for (const app of apps) Object.assign(app, changes, { changedAt: org.clock.now() });
  return apps.length;
}

function changeSecret(state: OrgState, act: Extract<SimulatorAct, { act: 'change_secret' }>): number {
  const { org } = state;
  if (!act.follows_policy) return changeApps(org, act.app, { clientSecret: act.clientSecret });
  const apps = appsOf(org, act.app);
  for (const app of apps)
    rotatePair(state, app, { key: app.clientId, secret: act.clientSecret }, org.users[0]?.id ?? '');
  return apps.length;
}

/** Keeps what acts can change; the returned function puts it back. */
function rememberOrg(org: SimOrg): () => void {
  const { orgId, instanceUrl, passwordFlow, egressAddress } = org;
  const appSettings = { ...org.appSettings };
  const apps = [...org.apps];
  const settings = apps.map((app) => ({ ...app }));
  const users = org.users.map(({ isActive, isFrozen, password }) => ({ isActive, isFrozen, password }));
  return () => {
    Object.assign(org, { orgId, instanceUrl, passwordFlow, egressAddress });
    org.api.used = 0;
    org.filled.clear();
    org.hidden.clear();
    Object.assign(org.appSettings, appSettings);
    // A deployed app goes; the others stay the objects that they are.
    org.apps.splice(0, org.apps.length, ...apps.map((app, index) => Object.assign(app, settings[index])));
    for (const [index, user] of org.users.entries()) Object.assign(user, users[index]);
  };
}
