import { beforeEach } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { storeGrant } from '@/lib/connections/store-grant';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import type { OAuthApp, TokenAnswer } from '@/lib/salesforce/types';
import { seal } from '@/lib/vault/seal';
import type { ControlClient } from '@/simulator/control-client';
import type { DemoUser } from '@/simulator/seed/facts';
import { DEMO_ORGS } from '@/simulator/seed/facts';
import type { RunningOrg } from '@/simulator/server';
import { TestClient } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';
import { readStored } from './connected';
import { shiftDatabaseClock } from './database-owner';
import { type EnvironmentRow, makeContext, makeEnvironment } from './factories';
import { allowOrigins } from './loopback';

type OrgName = 'production' | 'uat';

const DAY_MS = 86_400_000;

export interface SimulatedConnection {
  ctx: PersonContext;
  id: string;
  /** Renews the access token, as a 401 would make a caller do. */
  renew: () => Promise<unknown>;
}

export interface SimulatedOrgs {
  readonly control: ControlClient;
  org: (name: OrgName) => RunningOrg;
  makeEnvironment: (org: OrgName, values?: Partial<EnvironmentRow>) => Promise<EnvironmentRow>;
  /** A consent through the org's own pages, taken into custody as the portal does. */
  connect: (
    environment: EnvironmentRow,
    user?: DemoUser,
    ctx?: PersonContext,
    scope?: string,
  ) => Promise<SimulatedConnection>;
  /** Moves Salesforce's clock and the database's. */
  advanceDays: (more: number) => Promise<void>;
}

/** The simulator as the Salesforce of an integration test, reset before each. */
export function useSimulatedOrgs(): SimulatedOrgs {
  const sim = useSimulator();
  const org = (name: OrgName) => sim.simulator.org(name);
  let days = 0;
  beforeEach(async () => {
    // A Salesforce that knows no grant, and none left here from the test before.
    await withSystem('test', (tx) => tx.delete(connections));
    days = 0;
    allowOrigins(...sim.simulator.orgs.map(({ origin }) => origin));
    for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
  });
  return {
    get control() {
      return sim.control;
    },
    org,
    makeEnvironment: (name, values = {}) => makeEnvironmentOf(org(name), { kind: name, ...values }),
    connect: async (environment, user = 'ada', ctx, scope) => {
      const running = sim.simulator.orgs.find(({ origin }) => origin === environment.origin);
      if (!running) throw new Error('The environment leads to no simulated org.');
      return await consentAt(running, environment, user, ctx ?? (await makeContext()), scope);
    },
    advanceDays: async (more) => {
      days += more;
      await sim.control.advanceClock(more * DAY_MS);
      await shiftDatabaseClock(days * DAY_MS);
    },
  };
}

async function makeEnvironmentOf(org: RunningOrg, values: Partial<EnvironmentRow>): Promise<EnvironmentRow> {
  const id = crypto.randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  const sealedConsumerSecret = await seal(org.clientSecret, place);
  return await makeEnvironment({
    id,
    origin: org.origin,
    clientId: org.clientId,
    sealedConsumerSecret,
    ...values,
  });
}

/** A consent through the org's own pages, taken into custody for that person. */
export async function consentAt(
  org: RunningOrg,
  environment: { id: string },
  name: DemoUser,
  ctx: PersonContext,
  scope?: string,
): Promise<SimulatedConnection> {
  const facts = DEMO_ORGS.find(({ orgId }) => orgId === org.orgId)?.users[name];
  if (!facts) throw new Error('There is no such user.');
  const tokens = await new TestClient(org).connect(facts.username, scope === undefined ? {} : { scope });
  const [, orgId = '', userId = ''] = /\/id\/(\w+)\/(\w+)$/.exec(tokens.id) ?? [];
  const answer: TokenAnswer = {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    instanceUrl: tokens.instance_url,
    identityUrl: tokens.id,
    orgId,
    userId,
    scopes: tokens.scope.split(' '),
    issuedAt: new Date(Number(tokens.issued_at)),
    nonce: null,
  };
  const app: OAuthApp = { tokenHost: org.origin, clientId: org.clientId, clientSecret: org.clientSecret };
  const user = {
    orgId,
    userId,
    username: facts.username,
    displayName: `${facts.firstName} ${facts.lastName}`,
    email: facts.email,
    locale: facts.locale,
    timeZone: facts.timeZone,
  };
  const { connectionId: id } = await storeGrant(ctx, {
    environmentId: environment.id,
    app,
    answer,
    user,
    ownerId: ctx.personId,
    mayPinOrg: true,
    reconnects: null,
  });
  const renew = async () => tokenSource({ id } as never).renew((await readStored(id)).row.generation);
  return { ctx, id, renew };
}
