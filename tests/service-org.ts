import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connectionSecrets, connections, type environments } from '@/db/schema';
import { refreshAttempts } from '@/db/schema/connections';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION, UAT } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { TestClient } from '@/simulator/testing/client';
import { type EnvironmentRow, makeEnvironment } from './factories';
import { allowOrigins } from './loopback';

type OrgName = 'production' | 'uat';
const FACTS = { production: PRODUCTION, uat: UAT };

export interface ServiceOrg {
  readonly control: ControlClient;
  /** An environment of an org, allowed until the test ends. */
  environment(org?: OrgName, values?: Partial<typeof environments.$inferInsert>): Promise<EnvironmentRow>;
  /** What an administrator of the org does for the JWT bearer flow. */
  admit(certificate: string | null, usernames: string[], org?: OrgName): Promise<void>;
  /** Token requests that reached an org. */
  tokenRequests(org?: OrgName): Promise<number>;
  client(org?: OrgName): TestClient;
}

/** Two small simulated orgs for the tests of one file, reset before each of them. */
export function startServiceOrg(): ServiceOrg {
  let running: RunningSimulator;
  let control: ControlClient;
  beforeAll(async () => {
    running = await startSimulator({
      accounts: { production: 30, uat: 10 },
      opportunities: { production: 30, uat: 10 },
    });
    control = new ControlClient(running.controlOrigin);
  });
  beforeEach(() => control.reset());
  afterAll(() => running.stop());
  return {
    get control() {
      return control;
    },
    async environment(org = 'production', values = {}) {
      allowOrigins(...running.orgs.map(({ origin }) => origin));
      const id = randomUUID();
      const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
      return await makeEnvironment({
        id,
        origin: running.org(org).origin,
        clientId: FACTS[org].clientId,
        sealedConsumerSecret: await seal(FACTS[org].clientSecret, place),
        ...values,
      });
    },
    async admit(certificate, preApproved, org = 'production') {
      await control.act({ act: 'change_app', org, changes: { certificate, preApproved } });
    },
    async tokenRequests(org = 'production') {
      const entries = await control.listRequests({ org });
      return entries.filter(({ path }) => path === '/services/oauth2/token').length;
    },
    client: (org = 'production') => new TestClient(running.org(org)),
  };
}

/** The row of a connection with its secrets as they are stored, its attempts, and the audit rows about it. */
export async function readServiceRow(id: string) {
  return await withSystem('test', async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.id, id));
    if (!row) throw new Error('no such connection');
    const [secret] = await tx.select().from(connectionSecrets).where(eq(connectionSecrets.connectionId, id));
    const attempts = await tx
      .select()
      .from(refreshAttempts)
      .where(eq(refreshAttempts.connectionId, id))
      .orderBy(refreshAttempts.claimedAt);
    const audit = await tx.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id);
    return { row, secret: secret ?? null, attempts, audit };
  });
}
