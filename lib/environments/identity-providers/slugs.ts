import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { identityProviders } from '@/db/schema/access';
import { environments } from '@/db/schema/environments';

/** Of two who take a slug at once, the second sees what the first has taken. Environments and providers share slugs. */
export async function lockSlugs(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock slugs', 0))`);
}

/** Every slug that is taken, also by deleted environments: redirect URIs name them. */
export async function readTakenSlugs(tx: Tx): Promise<Set<string>> {
  const [ofEnvironments, ofProviders] = [
    await tx.select({ slug: environments.slug }).from(environments),
    await tx.select({ slug: identityProviders.slug }).from(identityProviders),
  ];
  return new Set([...ofEnvironments, ...ofProviders].map(({ slug }) => slug));
}
