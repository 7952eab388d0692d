import { and, eq, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { environmentSecrets, environments, people } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { notDeleted } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { AppEnvironment } from '@/lib/provisioning/app-pack/types';

/**
 * The app of an environment, for administrators and auditors. Whoever asks is the contact where the environment names
 * nobody. Throws FORBIDDEN, NOT_FOUND.
 */
export async function requireAppEnvironment(ctx: PersonContext, slug: string): Promise<AppEnvironment> {
  assertRole(ctx, CUSTODIANS, 'see the app of an environment');
  // Row-level security shows auditors no row of secrets, and they may know that there is one.
  return await withSystem('app of an environment', (tx) => readAppEnvironment(tx, slug, ctx.personId));
}

/** As `requireAppEnvironment`, in a system transaction. Throws NOT_FOUND. */
export async function readAppEnvironment(
  systemTx: Tx,
  slug: string,
  personId: string,
): Promise<AppEnvironment> {
  const [row] = await systemTx
    .select({
      id: environments.id,
      slug: environments.slug,
      name: environments.name,
      origin: environments.origin,
      status: environments.status,
      appType: environments.appType,
      clientType: environments.clientType,
      clientId: environments.clientId,
      hasSecret: sql<boolean>`${environmentSecrets.environmentId} IS NOT NULL`,
      apiVersion: environments.apiVersion,
      scopes: environments.scopes,
      contactEmail: sql<string | null>`coalesce(nullif(${environments.contactEmail}, ''), ${people.email})`,
      idleLimitDays: environments.idleLimitDays,
      absoluteLimitDays: environments.absoluteLimitDays,
      expectedOrgId: environments.expectedOrgId,
    })
    .from(environments)
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .leftJoin(people, eq(people.id, personId))
    .where(and(eq(environments.slug, slug), notDeleted));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  return { ...row, redirectUri: redirectUriOf(row.slug) };
}
