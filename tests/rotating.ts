import { desc, eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { auditLog, connections, secretRotations } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { requireRotationClient } from '@/lib/provisioning/secret-rotation/org/rotation-client';
import { listConsumers, listOAuthApps } from '@/lib/salesforce/apps/read-credentials';
import { discardStaged, readStaged } from '@/lib/salesforce/apps/staged-credentials';
import type { DemoUser } from '@/simulator/seed/facts';
import { readStored } from './connected';
import { type EnvironmentRow, makeContext } from './factories';
import type { SimulatedConnection, SimulatedOrgs } from './simulated';

export interface Rotating {
  /** An administrator with a set-up grant of their own. */
  ctx: PersonContext;
  environment: EnvironmentRow;
  slug: string;
  setUp: SimulatedConnection;
  people: SimulatedConnection[];
  rotation: () => Promise<typeof secretRotations.$inferSelect>;
  actions: () => Promise<string[]>;
}

/** An environment of the simulated Production whose secret can be rotated through the org. */
export async function makeRotating(
  sim: SimulatedOrgs,
  users: DemoUser[] = ['grace', 'franz'],
): Promise<Rotating> {
  await sim.control.act({ act: 'secrets_by_rest', org: 'production', on: true });
  const environment = await sim.makeEnvironment('production', { kind: 'production', isProduction: true });
  const ctx = await makeContext('admin');
  const setUp = await sim.connect(environment, 'ada', ctx);
  await withSystem('test', (tx) =>
    tx.update(connections).set({ purpose: 'bootstrap' }).where(eq(connections.id, setUp.id)),
  );
  const people: SimulatedConnection[] = [];
  for (const user of users) people.push(await sim.connect(environment, user));
  const rotation = async () => {
    const [row] = await withSystem('test', (tx) =>
      tx
        .select()
        .from(secretRotations)
        .where(eq(secretRotations.environmentId, environment.id))
        .orderBy(desc(secretRotations.stagedAt)),
    );
    if (!row) throw new Error('no rotation');
    return row;
  };
  const actions = async () => {
    const rows = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, environment.id)).orderBy(auditLog.id),
    );
    return rows.map(
      ({ action, outcome }) => action.replace('environment.', '') + (outcome === 'done' ? '' : ` ${outcome}`),
    );
  };
  return { ctx, environment, slug: environment.slug, setUp, people, rotation, actions };
}

/** Ends the access tokens of an org and renews each of these connections; how each ended. */
export async function renewAll(sim: SimulatedOrgs, people: SimulatedConnection[]): Promise<string[]> {
  await sim.control.act({ act: 'expire_access_tokens', org: 'production' });
  const ends: string[] = [];
  for (const { renew } of people) {
    ends.push(
      await renew().then(
        () => 'served',
        ({ code }: { code: string }) => code,
      ),
    );
  }
  return ends;
}

/** Deletes the pair that the org keeps beside its main one, as an administrator does in Salesforce. */
export async function deleteSecondPair({ ctx, environment }: Rotating): Promise<void> {
  const client = await requireRotationClient(ctx, environment);
  for (const { id: appId } of await listOAuthApps(client)) {
    for (const { id: consumerId } of await listConsumers(client, appId)) {
      const pair = await readStaged(client, { appId, consumerId });
      if (pair) await discardStaged(client, { appId, consumerId }, pair.id);
    }
  }
}

/** How a connection stands. */
export async function stateOf({ id }: SimulatedConnection) {
  const { row } = await readStored(id);
  return { state: row.state, cause: row.problemCause };
}
