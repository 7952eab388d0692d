import { asc, eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import type { PersonContext } from '@/lib/context';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import type { EnvironmentDetail, EnvironmentSummary } from '@/lib/environments/types';
import { AppError } from '@/lib/errors';

/** The columns of an `EnvironmentSummary`, for joins of other folders. */
export const summaryColumns = {
  id: environments.id,
  slug: environments.slug,
  name: environments.name,
  kind: environments.kind,
};

/** Refuses everybody but administrators. Throws FORBIDDEN. */
export function assertAdmin(ctx: PersonContext): void {
  if (ctx.role === 'admin') return;
  throw new AppError('FORBIDDEN', 'Only administrators manage environments.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}

/** All environments with their configuration, by name, for an administrator. Throws FORBIDDEN. */
export async function listEnvironments(ctx: PersonContext): Promise<EnvironmentDetail[]> {
  assertAdmin(ctx);
  const rows = await withActor(ctx, (tx) =>
    selectDetail(tx).orderBy(asc(environments.name), asc(environments.slug)),
  );
  return rows.map(toDetail);
}

/** One environment for an administrator; null when there is none of this slug. Throws FORBIDDEN. */
export async function getEnvironment(ctx: PersonContext, slug: string): Promise<EnvironmentDetail | null> {
  assertAdmin(ctx);
  const [row] = await withActor(ctx, (tx) => selectDetail(tx).where(eq(environments.slug, slug)));
  return row ? toDetail(row) : null;
}

/** As `getEnvironment`, but throws NOT_FOUND. */
export async function requireEnvironment(ctx: PersonContext, slug: string): Promise<EnvironmentDetail> {
  const environment = await getEnvironment(ctx, slug);
  if (environment) return environment;
  throw new AppError('NOT_FOUND', 'There is no such environment.');
}

/** The environments that people may sign in through, by name. Public: asked before anyone is known. */
export function listSignInEnvironments(): Promise<EnvironmentSummary[]> {
  return withSystem('sign-in page', (tx) =>
    tx
      .select(summaryColumns)
      .from(environments)
      .where(eq(environments.allowSignIn, true))
      .orderBy(asc(environments.name), asc(environments.slug)),
  );
}

/** The environments that a person may connect to, by name. */
export function listConnectableEnvironments(ctx: PersonContext): Promise<EnvironmentSummary[]> {
  return withActor(ctx, (tx) =>
    tx.select(summaryColumns).from(environments).orderBy(asc(environments.name), asc(environments.slug)),
  );
}

function selectDetail(tx: Tx) {
  return tx
    .select({ environment: environments, secretUpdatedAt: environmentSecrets.updatedAt })
    .from(environments)
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .$dynamic();
}

type DetailRow = Awaited<ReturnType<typeof selectDetail>>[number];

function toDetail({ environment, secretUpdatedAt }: DetailRow): EnvironmentDetail {
  const { expectedOrgId, expectedOrgName, proposedOrgId, proposedOrgName } = environment;
  return {
    id: environment.id,
    slug: environment.slug,
    name: environment.name,
    kind: environment.kind,
    origin: environment.origin,
    clientId: environment.clientId,
    apiVersion: environment.apiVersion,
    scopes: environment.scopes,
    allowSignIn: environment.allowSignIn,
    membership: environment.membership,
    idleLimitDays: environment.idleLimitDays,
    absoluteLimitDays: environment.absoluteLimitDays,
    introspection: environment.introspection,
    uncertainPolicy: environment.uncertainPolicy,
    hasSecret: secretUpdatedAt !== null,
    secretUpdatedAt: secretUpdatedAt?.toISOString() ?? null,
    redirectUri: redirectUriOf(environment.slug),
    expectedOrg: expectedOrgId === null ? null : { id: expectedOrgId, name: expectedOrgName },
    proposedOrg: proposedOrgId === null ? null : { id: proposedOrgId, name: proposedOrgName },
  };
}
