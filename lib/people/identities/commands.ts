import { and, eq, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { identities, identityProviders, portal } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { findPersonBy, type ProvenIdentity } from '@/lib/people/queries';

/** Adds an identity that was just proven to me. Mine already: nothing happens. Throws CONFLICT when it is another's. */
export async function linkIdentity(ctx: PersonContext, identity: ProvenIdentity): Promise<void> {
  const { issuer, subject, username } = identity;
  await withSystem('link an identity', async (tx) => {
    const inserted = await tx
      .insert(identities)
      .values({ personId: ctx.personId, issuer, subject, username })
      .onConflictDoNothing({ target: [identities.issuer, identities.subject] })
      .returning({ id: identities.id });
    if (inserted.length === 1) {
      await appendAudit(tx, ctx, {
        action: 'person.link_identity',
        subjectId: ctx.personId,
        details: { issuer, subject, username },
      });
      return;
    }
    const holder = await findPersonBy(tx, identity);
    if (holder?.id === ctx.personId) return;
    throw new AppError('CONFLICT', `${username} is linked to somebody else in this portal.`, {
      nextStep: 'Sign in as that person and unlink it there, or ask your administrator.',
      details: { username },
    });
  });
}

/**
 * Takes one of my identities away, while another remains that I can sign in with. Throws NOT_FOUND for anybody else's,
 * CONFLICT.
 */
export async function unlinkIdentity(ctx: PersonContext, id: string): Promise<void> {
  await withSystem('unlink an identity', async (tx) => {
    const own = await tx
      .select({
        id: identities.id,
        issuer: identities.issuer,
        subject: identities.subject,
        username: identities.username,
        // Qualified by hand: of one table Drizzle names columns alone, which here would be those of the provider.
        usable: sql<boolean>`CASE WHEN identities.issuer LIKE 'salesforce:%'
          THEN (SELECT ${portal.salesforceSignIn} FROM ${portal})
          ELSE EXISTS (SELECT 1 FROM ${identityProviders} provider
            WHERE provider.issuer = identities.issuer AND provider.enabled) END`,
      })
      .from(identities)
      .where(eq(identities.personId, ctx.personId))
      .for('update');
    const gone = own.find((row) => row.id === id);
    if (!gone) throw new AppError('NOT_FOUND', 'There is no such identity.');
    if (!own.some((row) => row.id !== id && row.usable)) {
      throw new AppError('CONFLICT', 'You could not sign in any more afterwards.', {
        nextStep: 'Link another identity first.',
      });
    }
    await tx.delete(identities).where(and(eq(identities.id, gone.id), eq(identities.personId, ctx.personId)));
    const { issuer, subject, username } = gone;
    await appendAudit(tx, ctx, {
      action: 'person.unlink_identity',
      subjectId: ctx.personId,
      details: { issuer, subject, username },
    });
  });
}
