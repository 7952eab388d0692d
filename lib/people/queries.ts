import { and, eq, or, sql } from 'drizzle-orm';
import { type Tx, withActor } from '@/db/client';
import { identities, people } from '@/db/schema';
import type { PersonContext, PersonId } from '@/lib/context';
import { AppError } from '@/lib/errors';
import type { PersonSummary, Preferences } from '@/lib/people/types';

/** A Salesforce user: both ids in their 18-character form. */
export interface SalesforceIdentity {
  orgId: string;
  userId: string;
}

/** Who somebody is elsewhere, as a sign-in has just proven it. Never taken from a form. */
export interface ProvenIdentity {
  /** `salesforce:<org id>`, or the issuer of an identity provider. */
  issuer: string;
  subject: string;
  username: string;
  displayName: string;
  email: string | null;
}

/** A person as sign-in sees them. */
export interface KnownPerson {
  id: PersonId;
  displayName: string;
  deactivated: boolean;
}

/** The issuer of every identity of one org. */
export function issuerOf(orgId: string): string {
  return `salesforce:${orgId}`;
}

/** Who this Salesforce user is in Orgdock, or null. Never by e-mail or name: both can be changed in an org. */
export function findPersonByIdentity(
  tx: Tx,
  { orgId, userId }: SalesforceIdentity,
): Promise<KnownPerson | null> {
  return findPersonBy(tx, { issuer: issuerOf(orgId), subject: userId });
}

/** As `findPersonByIdentity`, for an identity of any issuer. */
export async function findPersonBy(
  tx: Tx,
  { issuer, subject }: Pick<ProvenIdentity, 'issuer' | 'subject'>,
): Promise<KnownPerson | null> {
  const [row] = await tx
    .select({ id: people.id, displayName: people.displayName, deactivatedAt: people.deactivatedAt })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return row
    ? { id: row.id as PersonId, displayName: row.displayName, deactivated: row.deactivatedAt !== null }
    : null;
}

/** The one person that an operator names by id, e-mail or Salesforce username. Throws NOT_FOUND or CONFLICT. */
export async function requirePersonNamed(tx: Tx, name: string): Promise<KnownPerson> {
  const wanted = name.trim().toLowerCase();
  const rows = await tx
    .selectDistinct({ id: people.id, displayName: people.displayName, deactivatedAt: people.deactivatedAt })
    .from(people)
    .leftJoin(identities, eq(identities.personId, people.id))
    .where(
      or(
        sql`${people.id}::text = ${wanted}`,
        sql`lower(${people.email}) = ${wanted}`,
        sql`lower(${identities.username}) = ${wanted}`,
      ),
    );
  const [only] = rows;
  if (!only) throw new AppError('NOT_FOUND', `Nobody is known as "${name}".`);
  if (rows.length > 1) {
    throw new AppError('CONFLICT', `Several people are known as "${name}".`, {
      nextStep: `Use an id instead: ${rows.map((row) => `${row.id} (${row.displayName})`).join(', ')}.`,
    });
  }
  return { id: only.id as PersonId, displayName: only.displayName, deactivated: only.deactivatedAt !== null };
}

/** Me, as /account shows it, with my own choices of locale and time zone. */
export async function getOwnPerson(ctx: PersonContext): Promise<PersonSummary & Preferences> {
  const [row] = await withActor(ctx, (tx) => tx.select().from(people).where(eq(people.id, ctx.personId)));
  if (!row) throw new AppError('NOT_FOUND', 'This person is gone.');
  const { id, displayName, email, role, locale, timeZone } = row;
  return { id, displayName, email, role, locale, timeZone };
}
