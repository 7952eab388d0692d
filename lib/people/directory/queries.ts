import { and, asc, eq, exists, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { type Tx, withActor, withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { identities, people } from '@/db/schema/people';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import type { PersonListState } from '@/lib/people/directory/schema';
import { countOtherAdmins } from '@/lib/people/roles/admins-stay';
import { isId } from '@/lib/people/schema';
import type { PersonDetail, PersonList } from '@/lib/people/types';

const PAGE_SIZE = 50;

/** Everybody of the portal by name, for administrators and auditors. Throws FORBIDDEN. */
export async function listPeople(ctx: PersonContext, state: PersonListState): Promise<PersonList> {
  assertRole(ctx, CUSTODIANS, 'see the people of this portal');
  // Custody, as how many connections somebody holds is a fact of it.
  return await withCustody(ctx, async (tx) => {
    const where = matching(tx, state);
    const total = await tx.$count(people, where);
    const rows = await tx
      .select({
        person: people,
        usernames: sql<string[]>`ARRAY(SELECT i.username FROM ${identities} i
          WHERE i.person_id = people.id ORDER BY i.created_at, i.id)`,
        connections: sql<number>`(SELECT count(*)::int FROM ${connections} c
          WHERE c.owner_id = people.id AND c.state <> 'disconnected')`,
      })
      .from(people)
      .where(and(where, isAfter(state.after)))
      .orderBy(asc(nameOrder), asc(people.id))
      .limit(PAGE_SIZE + 1);
    const page = rows.slice(0, PAGE_SIZE).map(({ person, usernames, connections: held }) => ({
      id: person.id,
      displayName: person.displayName,
      email: person.email,
      role: person.role,
      usernames,
      lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
      deactivatedAt: person.deactivatedAt?.toISOString() ?? null,
      connections: held,
    }));
    return { people: page, total, next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null };
  });
}

/** One person with identities, for administrators and auditors; null when there is none of this id. Throws FORBIDDEN. */
export async function getPerson(ctx: PersonContext, id: string): Promise<PersonDetail | null> {
  assertRole(ctx, CUSTODIANS, 'see the people of this portal');
  if (!isId(id)) return null;
  return await withActor(ctx, async (tx) => {
    const [person] = await tx.select().from(people).where(eq(people.id, id));
    if (!person) return null;
    const known = await tx
      .select()
      .from(identities)
      .where(eq(identities.personId, id))
      .orderBy(asc(identities.createdAt), asc(identities.id));
    const active = person.role === 'admin' && person.deactivatedAt === null;
    return {
      id: person.id,
      displayName: person.displayName,
      email: person.email,
      role: person.role,
      createdAt: person.createdAt.toISOString(),
      lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
      deactivatedAt: person.deactivatedAt?.toISOString() ?? null,
      identities: known.map(({ issuer, subject, username, createdAt }) => ({
        issuer,
        subject,
        username,
        createdAt: createdAt.toISOString(),
      })),
      lastAdmin: active && (await countOtherAdmins(tx, id)) === 0,
    };
  });
}

const nameOrder = sql`lower(${people.displayName})`;

/** Keyset: the page after somebody does not shift when others come or go. */
function isAfter(id: string | null): SQL | undefined {
  if (id === null) return undefined;
  return sql`(${nameOrder}, ${people.id}) > (SELECT lower(p.display_name), p.id FROM ${people} p WHERE p.id = ${id})`;
}

function matching(tx: Tx, { q, role, state }: PersonListState): SQL | undefined {
  return and(
    q === '' ? undefined : contains(tx, q),
    role === null ? undefined : eq(people.role, role),
    state === null
      ? undefined
      : state === 'active'
        ? isNull(people.deactivatedAt)
        : isNotNull(people.deactivatedAt),
  );
}

function contains(tx: Tx, q: string): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const identity = tx
    .select({ one: sql`1` })
    .from(identities)
    .where(and(eq(identities.personId, people.id), ilike(identities.username, pattern)));
  return or(ilike(people.displayName, pattern), ilike(people.email, pattern), exists(identity));
}
