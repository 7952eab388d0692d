import { and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import type { PersonContext } from '@/lib/context';
import { salesforceSignInAllowed } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { readTakenSlugs } from '@/lib/environments/identity-providers/slugs';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { settingsOf } from '@/lib/environments/settings';
import type { EnvironmentColor, EnvironmentDetail, EnvironmentSummary } from '@/lib/environments/types';
import { AppError } from '@/lib/errors';
import { isOpen } from '@/lib/people/access/is-open';
import { usableBy } from '@/lib/people/access/usable-by';

/** The columns of an `EnvironmentSummary`, for joins of other folders. */
export const summaryColumns = {
  id: environments.id,
  slug: environments.slug,
  name: environments.name,
  kind: environments.kind,
  status: environments.status,
  isProduction: environments.isProduction,
  color: sql<EnvironmentColor | null>`${environments.color}`,
  deleted: sql<boolean>`${environments.deletedAt} IS NOT NULL`,
};

/** SQL: administrators have it, whatever its status. What is offered to people is `isOpen`. */
export const notDeleted = isNull(environments.deletedAt);

/** SQL: how every list of environments is ordered. */
export const listOrder = [asc(environments.rank), asc(environments.name), asc(environments.slug)] as const;

/** Refuses everybody but administrators. Throws FORBIDDEN. */
export function assertAdmin(ctx: PersonContext): void {
  if (ctx.role === 'admin') return;
  throw new AppError('FORBIDDEN', 'Only administrators manage environments.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}

/** Refuses everybody but administrators and auditors. Throws FORBIDDEN. */
export function assertCustodian(ctx: PersonContext): void {
  if (ctx.role !== 'auditor') assertAdmin(ctx);
}

/** All environments that are not deleted, drafts and disabled ones, too, for administrators and auditors. Throws FORBIDDEN. */
export async function listEnvironments(ctx: PersonContext): Promise<EnvironmentDetail[]> {
  assertCustodian(ctx);
  const rows = await asReader(ctx, (tx) =>
    selectDetail(tx)
      .where(notDeleted)
      .orderBy(...listOrder),
  );
  return rows.map(toDetail);
}

/** One environment for administrators and auditors; null when no slug fits, or it is deleted. Throws FORBIDDEN. */
export async function getEnvironment(ctx: PersonContext, slug: string): Promise<EnvironmentDetail | null> {
  assertCustodian(ctx);
  const [row] = await asReader(ctx, (tx) =>
    selectDetail(tx).where(and(eq(environments.slug, slug), notDeleted)),
  );
  return row ? toDetail(row) : null;
}

/** As `getEnvironment`, but throws NOT_FOUND. */
export async function requireEnvironment(ctx: PersonContext, slug: string): Promise<EnvironmentDetail> {
  const environment = await getEnvironment(ctx, slug);
  if (environment) return environment;
  throw new AppError('NOT_FOUND', 'There is no such environment.');
}

/** The environment that an operator names by its slug, deleted or not. In a system transaction. Throws NOT_FOUND. */
export async function requireEnvironmentNamed(tx: Tx, slug: string): Promise<{ id: string; name: string }> {
  const [row] = await tx
    .select({ id: environments.id, name: environments.name })
    .from(environments)
    .where(eq(environments.slug, slug.trim()));
  if (row) return row;
  const known = await tx
    .select({ slug: environments.slug })
    .from(environments)
    .orderBy(asc(environments.slug));
  throw new AppError('NOT_FOUND', `There is no environment "${slug}".`, {
    nextStep: `Known are: ${known.map((one) => one.slug).join(', ') || 'none'}.`,
  });
}

/**
 * Every slug that a new environment or identity provider cannot get: that of a deleted environment stays taken, as
 * redirect URIs name it. Throws FORBIDDEN.
 */
export async function listTakenSlugs(ctx: PersonContext): Promise<Set<string>> {
  assertAdmin(ctx);
  return await withActor(ctx, readTakenSlugs);
}

/**
 * The open environments that people may sign in through; none while Salesforce sign-in is switched off. Public: asked
 * before anyone is known.
 */
export function listSignInEnvironments(): Promise<EnvironmentSummary[]> {
  return withSystem('sign-in page', (tx) =>
    tx
      .select(summaryColumns)
      .from(environments)
      .where(and(eq(environments.allowSignIn, true), isOpen, salesforceSignInAllowed))
      .orderBy(...listOrder),
  );
}

/** The open environments that a person may connect to. */
export function listConnectableEnvironments(ctx: PersonContext): Promise<EnvironmentSummary[]> {
  return listSummaries(ctx, and(isOpen, usableBy(ctx)));
}

/** The environment of a slug that a person could connect to, were it not disabled; null otherwise. */
export async function findDisabledEnvironment(
  ctx: PersonContext,
  slug: string,
): Promise<EnvironmentSummary | null> {
  const disabled = and(eq(environments.slug, slug), eq(environments.status, 'disabled'));
  const [found] = await listSummaries(ctx, and(disabled, usableBy(ctx)));
  return found ?? null;
}

/** Every environment that may hold grants, disabled ones, too: to choose from in lists of others' grants. */
export function listEnvironmentNames(ctx: PersonContext): Promise<EnvironmentSummary[]> {
  assertCustodian(ctx);
  return listSummaries(ctx, ne(environments.status, 'draft'));
}

function listSummaries(ctx: PersonContext, which: SQL | undefined): Promise<EnvironmentSummary[]> {
  return withActor(ctx, (tx) =>
    tx
      .select(summaryColumns)
      .from(environments)
      .where(and(notDeleted, which))
      .orderBy(...listOrder),
  );
}

/** An auditor may know whether a secret is stored and since when, but row-level security shows them no row of secrets. */
function asReader<T>(ctx: PersonContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.role === 'auditor' ? withSystem('auditor reads environments', work) : withActor(ctx, work);
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
    deleted: environment.deletedAt !== null,
    status: environment.status,
    ...settingsOf(environment),
    hasSecret: secretUpdatedAt !== null,
    secretUpdatedAt: secretUpdatedAt?.toISOString() ?? null,
    redirectUri: redirectUriOf(environment.slug),
    expectedOrg: expectedOrgId === null ? null : { id: expectedOrgId, name: expectedOrgName },
    proposedOrg: proposedOrgId === null ? null : { id: proposedOrgId, name: proposedOrgName },
  };
}
