import { and, count, desc, eq, inArray, ne } from 'drizzle-orm';
import { type Tx, withCustody, withSystem } from '@/db/client';
import { breaches, breachGrants } from '@/db/schema/custody';
import { people, portal, sessions, signInLinks } from '@/db/schema/people';
import type { PersonContext, SystemContext } from '@/lib/context';
import { auditLook } from '@/lib/custody/audit-look';
import { countUnsent } from '@/lib/custody/breach/count-unsent';
import { readBreach } from '@/lib/custody/breach/progress/read-breach';
import { isPersonOf, requireScope } from '@/lib/custody/breach/scope';
import type {
  Breach,
  BreachChoice,
  BreachPreview,
  BreachSummary,
  SessionsOf,
} from '@/lib/custody/breach/types';
import { previewRevocation } from '@/lib/custody/revoke-everything/queries';
import type { RevocationScope } from '@/lib/custody/types';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import { isId } from '@/lib/people/schema';
import { liveSession } from '@/lib/session/queries';

const WHAT = 'see what a breach ends';
const asking: SystemContext = { kind: 'system', reason: 'breach preview', request: null };

/**
 * Exactly what pressing the button would do, for administrators and auditors. Throws FORBIDDEN, NOT_FOUND, and CONFLICT
 * when several people are meant.
 */
export async function previewBreach(ctx: PersonContext, choice: BreachChoice): Promise<BreachPreview> {
  assertRole(ctx, CUSTODIANS, WHAT);
  const named = await withSystem(asking.reason, async (tx) => {
    const { scope, id, name } = await requireScope(tx, choice);
    const sessionsOf = await readSessions(tx, ctx, scope);
    const [settings] = await tx.select({ backupDays: portal.backupDays }).from(portal);
    return {
      scope,
      // A person is pressed by id: an e-mail may be somebody else's by then.
      choice: choice.kind === 'person' && id !== null ? { ...choice, name: id } : choice,
      scopeName: name,
      unsent: await countUnsent(tx, scope),
      sessionsOf,
      sessions: sessionsOf.reduce((sum, one) => sum + one.sessions, 0),
      signInLinks: await tx.$count(signInLinks, isPersonOf(scope, signInLinks.personId)),
      backupDays: settings?.backupDays ?? null,
    };
  });
  const { scope, ...preview } = named;
  const grants = await previewRevocation(asking, scope);
  await withCustody(ctx, (tx) =>
    auditLook(tx, ctx, { page: 1, shown: grants.connections, breach: 'preview' }),
  );
  return { ...preview, grants };
}

async function readSessions(tx: Tx, ctx: PersonContext, scope: RevocationScope): Promise<SessionsOf[]> {
  const live = count(sessions.id);
  return await tx
    .select({ id: people.id, name: people.displayName, sessions: live })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(isPersonOf(scope, sessions.personId), ne(sessions.id, ctx.sessionId), liveSession))
    .groupBy(people.id)
    .orderBy(desc(live), people.displayName);
}

/** Every press of the button, the newest first. Throws FORBIDDEN. */
export async function listBreaches(ctx: PersonContext): Promise<BreachSummary[]> {
  assertRole(ctx, CUSTODIANS, WHAT);
  return await withCustody(ctx, async (tx) => {
    const rows = await tx.select().from(breaches).orderBy(desc(breaches.startedAt), desc(breaches.id));
    const grants = await countGrants(tx, false);
    const ended = await countGrants(tx, true);
    return rows.map(({ id, scope, scopeName, startedByName, startedAt, finishedAt }) => ({
      id,
      kind: scope,
      scopeName,
      startedByName,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      grants: grants.get(id) ?? 0,
      ended: ended.get(id) ?? 0,
    }));
  });
}

async function countGrants(tx: Tx, onlyEnded: boolean): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: breachGrants.breachId, grants: count() })
    .from(breachGrants)
    .where(onlyEnded ? inArray(breachGrants.outcome, ['confirmed', 'ended']) : undefined)
    .groupBy(breachGrants.breachId);
  return new Map(rows.map(({ id, grants }) => [id, grants]));
}

/**
 * One breach with how far it has come by now, for administrators and auditors; null: there is none. That somebody looked is
 * audited once an hour: the page looks by itself while it goes on. Throws FORBIDDEN.
 */
export async function getBreach(ctx: PersonContext, id: string): Promise<Breach | null> {
  assertRole(ctx, CUSTODIANS, WHAT);
  if (!isId(id)) return null;
  return await withCustody(ctx, async (tx) => {
    const breach = await readBreach(tx, id);
    if (breach) await auditLook(tx, ctx, { page: 1, shown: breach.grants.length, breach: id });
    return breach;
  });
}
