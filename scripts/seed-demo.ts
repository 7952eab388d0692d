/**
 * Gives the demo its environments and its administrator. Run by scripts/demo.mjs before each start; what is there
 * already stays as it is. Prints the demo's users as one line of JSON.
 */
import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema';
import { startDatabase, stopDatabase } from '@/db/start';
import { closeSetup } from '@/lib/consent/setup-token';
import type { SystemContext } from '@/lib/context';
import { createEnvironment } from '@/lib/environments/commands';
import { pin } from '@/lib/environments/expected-org';
import { createPerson } from '@/lib/people/commands';
import { findPersonByIdentity } from '@/lib/people/queries';
import { DEMO_ORGS, DEMO_PASSWORD, type OrgFacts, PRODUCTION } from '@/simulator/seed/facts';

const ctx: SystemContext = { kind: 'system', reason: 'demo seed', request: null };
const NAMES = { production: 'Production', uat: 'UAT' } as const;
type DemoSlug = keyof typeof NAMES;

const WHO = {
  ada: 'administrator of Orgdock; System Administrator in Salesforce',
  grace: 'member, British formats',
  franz: 'member, German formats; sees no revenue and no amounts',
} as const;

/** The address of a simulated org, as scripts/demo.mjs allows it: production first, UAT second. */
function originOf(index: number): string {
  const origin = process.env.ORGDOCK_ALLOW_HOSTS?.split(',')[index];
  if (!origin) throw new Error('Run this through npm run demo, which sets ORGDOCK_ALLOW_HOSTS.');
  return origin;
}

async function seedEnvironment(org: OrgFacts, origin: string): Promise<void> {
  const slug = org.name as DemoSlug;
  const known = await withSystem(ctx.reason, (tx) =>
    tx
      .select({ id: environments.id, origin: environments.origin })
      .from(environments)
      .where(eq(environments.slug, slug)),
  );
  if (known[0]) {
    // The ports of the simulated orgs can be chosen anew at each start.
    const { id } = known[0];
    if (known[0].origin !== origin) {
      await withSystem(ctx.reason, (tx) =>
        tx.update(environments).set({ origin }).where(eq(environments.id, id)),
      );
    }
    return;
  }
  const { id } = await createEnvironment(ctx, {
    name: NAMES[slug],
    kind: slug,
    origin,
    clientId: org.clientId,
    consumerSecret: org.clientSecret,
    allowSignIn: true,
    membership: 'everyone_of_org',
  });
  await withSystem(ctx.reason, (tx) =>
    pin(tx, ctx, { environmentId: id, org: { id: org.orgId, name: org.companyName }, before: null }),
  );
}

async function seedAdmin(): Promise<void> {
  const { ada } = PRODUCTION.users;
  const identity = { orgId: PRODUCTION.orgId, userId: ada.id };
  await withSystem(ctx.reason, async (tx) => {
    if (!(await findPersonByIdentity(tx, identity))) {
      const { email, username } = ada;
      const displayName = `${ada.firstName} ${ada.lastName}`;
      await createPerson(tx, ctx, { ...identity, displayName, email, username, role: 'admin' });
    }
    await closeSetup(tx, ctx);
  });
}

await startDatabase('command');
try {
  for (const [index, org] of DEMO_ORGS.entries()) await seedEnvironment(org, originOf(index));
  await seedAdmin();
} finally {
  await stopDatabase();
}

const users = Object.entries(WHO).map(([name, note]) => ({
  username: PRODUCTION.users[name as keyof typeof WHO].username,
  password: DEMO_PASSWORD,
  note,
}));
console.log(JSON.stringify({ users }));
