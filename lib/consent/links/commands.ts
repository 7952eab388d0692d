import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { connectLinks, databaseNow, environments } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import { isTaken } from '@/lib/connections/alias/find-free-alias';
import { linkIsOpen } from '@/lib/consent/links/columns';
import type { NewConnectLink } from '@/lib/consent/links/schema';
import { newLinkToken } from '@/lib/consent/links/token';
import type { MadeConnectLink } from '@/lib/consent/links/types';
import type { PersonContext } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { isOpen } from '@/lib/people/access/is-open';
import { recordsNotForAuditors } from '@/lib/people/access/refusals';
import { usableBy } from '@/lib/people/access/usable-by';
import { assertRole } from '@/lib/people/assert-role';
import { isId } from '@/lib/people/schema';
import { hashToken } from '@/lib/session/secret-hash';

/** Open links of one person. */
const MOST_OPEN = 50;

/**
 * Makes a link by which somebody else grants a connection to the person, or to the owner of the key that asks. Only its
 * hash is kept, so it is shown now or never. Throws NOT_FOUND, RECORDS_NOT_FOR_AUDITORS, CONFLICT when the alias is
 * taken or too many links are open, RATE_LIMITED.
 */
export async function createConnectLink(ctx: PersonContext, input: NewConnectLink): Promise<MadeConnectLink> {
  if (ctx.role === 'auditor') throw recordsNotForAuditors();
  await countAgainst('connect_link', ctx.personId);
  const token = newLinkToken();
  const environmentId = await withActor(ctx, (tx) => requireUsable(tx, ctx, input.environment));
  const alias = input.alias ?? null;
  if (alias !== null) await assertAliasFree(environmentId, alias);
  return await withActor(ctx, async (tx) => {
    await assertRoom(tx, ctx);
    const [row] = await tx
      .insert(connectLinks)
      .values({
        tokenHash: hashToken(token),
        holderId: ctx.personId,
        keyId: ctx.apiKey?.id ?? null,
        environmentId,
        purpose: input.purpose,
        alias,
        expiresAt: sql`orgdock.now() + ${input.expiresIn} * interval '1 second'`,
      })
      .returning({ id: connectLinks.id, expiresAt: connectLinks.expiresAt });
    if (!row) throw new AppError('UNAVAILABLE', 'The link could not be stored.');
    const { id } = row;
    const expiresAt = row.expiresAt.toISOString();
    await appendAudit(tx, ctx, {
      action: 'connect_link.create',
      subjectId: id,
      details: { environmentId, holderId: ctx.personId, purpose: input.purpose, expiresAt },
    });
    return { id, url: `${portalOrigin()}/connect/${token}`, expiresAt };
  });
}

/** Takes my link back: it leads nowhere any more. Throws NOT_FOUND, also for one that was used or has expired. */
export async function withdrawConnectLink(ctx: PersonContext, id: string): Promise<void> {
  await withActor(ctx, (tx) => withdraw(tx, ctx, and(idIs(id), eq(connectLinks.holderId, ctx.personId))));
}

/** As `withdrawConnectLink`, whosever the link is, by an administrator. Throws FORBIDDEN as well. */
export async function withdrawAnyConnectLink(ctx: PersonContext, id: string): Promise<void> {
  assertRole(ctx, ['admin'], 'withdraw the connect links of others');
  await withSystem('connect link', (tx) => withdraw(tx, ctx, idIs(id)));
}

async function withdraw(tx: Tx, ctx: PersonContext, which: SQL | undefined): Promise<void> {
  const [row] = await tx
    .update(connectLinks)
    .set({ withdrawnAt: databaseNow })
    .where(and(which, linkIsOpen))
    .returning({
      id: connectLinks.id,
      environmentId: connectLinks.environmentId,
      holderId: connectLinks.holderId,
    });
  if (!row) throw noOpenLink();
  const { id, ...details } = row;
  await appendAudit(tx, ctx, { action: 'connect_link.withdraw', subjectId: id, details });
}

function idIs(id: string): SQL {
  if (!isId(id)) throw noOpenLink();
  return eq(connectLinks.id, id);
}

function noOpenLink(): AppError {
  return new AppError('NOT_FOUND', 'There is no such open link.', { nextStep: 'Reload the page.' });
}

async function requireUsable(tx: Tx, ctx: PersonContext, slug: string): Promise<string> {
  const [environment] = await tx
    .select({ id: environments.id })
    .from(environments)
    .where(and(eq(environments.slug, slug), isOpen, usableBy(ctx)));
  if (environment) return environment.id;
  throw new AppError('NOT_FOUND', 'There is no such environment.');
}

/** Said at once to whoever chooses it; what counts is the look when the connection is stored. Throws CONFLICT. */
async function assertAliasFree(environmentId: string, alias: string): Promise<void> {
  const taken = await withSystem('connect link', (tx) => isTaken(tx, environmentId, alias));
  if (!taken) return;
  throw new AppError('CONFLICT', `Another connection of this environment has the alias ${alias}.`, {
    nextStep: 'Choose another alias, or leave it out.',
  });
}

/** Of two that come at once, the second waits for the first. Throws CONFLICT. */
async function assertRoom(tx: Tx, ctx: PersonContext): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`connect link ${ctx.personId}`}, 0))`);
  const open = await tx.$count(connectLinks, and(eq(connectLinks.holderId, ctx.personId), linkIsOpen));
  if (open < MOST_OPEN) return;
  throw new AppError('CONFLICT', `${MOST_OPEN} connect links are open already.`, {
    nextStep: 'Withdraw some, or wait until they have expired.',
  });
}
