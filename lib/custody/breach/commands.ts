import { asc, eq, inArray, sql } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { databaseCode } from '@/db/faults';
import { connections, serviceCredentials } from '@/db/schema/connections';
import { breaches } from '@/db/schema/custody';
import { environments } from '@/db/schema/environments';
import { portal } from '@/db/schema/people';
import { appendAudit } from '@/lib/audit/append';
import { tryAnew } from '@/lib/connections/revocation/forget/given-up';
import { type OpenRevocation, workThrough } from '@/lib/connections/revocation/work-through';
import type { PersonContext } from '@/lib/context';
import { lockBreaches } from '@/lib/custody/breach/breach-lock';
import { endSessionsOfScope } from '@/lib/custody/breach/end-sessions';
import { noteGrants } from '@/lib/custody/breach/note-grants';
import { settleBreaches } from '@/lib/custody/breach/progress/settle';
import { type BreachForm, parseBreachForm } from '@/lib/custody/breach/schema';
import { type NamedScope, requireScope } from '@/lib/custody/breach/scope';
import type { BreachChoice } from '@/lib/custody/breach/types';
import { markScope } from '@/lib/custody/revoke-everything/mark';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { RevocationScope } from '@/lib/custody/types';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { assertRole } from '@/lib/people/assert-role';
import { assertStillAdmin } from '@/lib/people/roles/assert-still-admin';
import { lockPerson } from '@/lib/people/roles/commands';
import { holdStop } from '@/lib/registry';

const WHY = 'breach';
/** deadlock_detected */
const DEADLOCK = '40P01';

/**
 * Presses the breach button, as an administrator. One transaction writes down every grant of the scope, disconnects it,
 * deletes the credentials of service connections, takes back consents under way and ends sessions: from its commit on
 * nothing of the scope is used in any process. Then each grant is revoked at its org, by this process, and by the sweep
 * of any other when this one ends. Answers the id of the breach. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND, CONFLICT.
 */
export async function startBreach(
  ctx: PersonContext,
  { choice, form: input }: { choice: BreachChoice; form: unknown },
): Promise<string> {
  assertRole(ctx, ['admin'], 'press the breach button');
  const form = parseBreachForm(input);
  const { id, open } = await onceMoreAfterDeadlock(async (tx) => {
    await lockBreaches(tx);
    // Another breach may have ended this session while the press waited.
    await assertStillAdmin(tx, ctx);
    const scope = await requireScope(tx, choice);
    if (form.confirmation !== scope.name) throw notConfirmed(scope.name);
    return await mark(tx, ctx, { ...scope, kind: choice.kind }, form);
  });
  void holdStop(
    workThrough(open, { why: WHY, trigger: 'everything' })
      .then(settleBreaches)
      .catch((err: unknown) => log().error({ err, breachId: id }, 'a breach is left to the sweep')),
  );
  return id;
}

/** A refresh that is refused takes the rows of connection and environment the other way round, and one of the two ends. */
async function onceMoreAfterDeadlock<T>(press: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await withSystem('breach', press);
  } catch (error) {
    if (databaseCode(error) !== DEADLOCK) throw error;
    return await withSystem('breach', press);
  }
}

type Scope = NamedScope & Pick<BreachChoice, 'kind'>;

async function mark(
  tx: Tx,
  ctx: PersonContext,
  { scope, kind, id: scopeId, name: scopeName }: Scope,
  { reason, endsSessions, backupDays }: BreachForm,
): Promise<{ id: string; open: OpenRevocation[] }> {
  await lockScope(tx, scope);
  const days = backupDays === null ? null : sql`orgdock.now() + ${backupDays} * interval '1 day'`;
  const [breach] = await tx
    .insert(breaches)
    .values({
      scope: kind,
      scopeId,
      scopeName,
      reason,
      startedBy: ctx.personId,
      startedByName: ctx.displayName,
      endsSessions,
      backupsUntil: days,
    })
    .returning({ id: breaches.id });
  if (!breach) throw new Error('The breach was not stored.');
  const noted = await noteGrants(tx, breach.id, scope);
  const sessionsEnded = endsSessions ? await endSessionsOfScope(tx, ctx, scope) : 0;
  const { open } = await markScope(tx, ctx, scope, WHY);
  // Else it would be written off without the try of this breach.
  await tryAnew(tx, sqlOfScope(scope).connections);
  await forgetCredentials(tx, scope);
  await tx.update(breaches).set({ sessionsEnded }).where(eq(breaches.id, breach.id));
  // The answer to the question of the next time.
  await tx.update(portal).set({ backupDays });
  await appendAudit(tx, ctx, {
    action: 'breach.start',
    subjectId: breach.id,
    details: {
      scope: kind,
      scopeId,
      scopeName,
      reason,
      ...noted,
      endsSessions,
      sessions: sessionsEnded,
      backupDays,
    },
  });
  return { id: breach.id, open };
}

/** The locks that a consent takes before it stores a grant: none comes in between what is written down and its mark. */
async function lockScope(tx: Tx, scope: RevocationScope): Promise<void> {
  if (scope !== 'all' && 'personId' in scope) {
    await lockPerson(tx, scope.personId);
    return;
  }
  await tx
    .select({ id: environments.id })
    .from(environments)
    .where(scope === 'all' ? undefined : eq(environments.id, scope.environmentId))
    .orderBy(asc(environments.id))
    .for('no key update');
}

/** Also of service connections that were prepared and never connected, which no disconnect reaches. */
async function forgetCredentials(tx: Tx, scope: RevocationScope): Promise<void> {
  const inside = tx.select({ id: connections.id }).from(connections).where(sqlOfScope(scope).connections);
  await tx.delete(serviceCredentials).where(inArray(serviceCredentials.connectionId, inside));
}

function notConfirmed(name: string): AppError {
  return new AppError('INVALID_INPUT', `Nothing was revoked: type “${name}” to confirm.`, {
    nextStep: 'Type it exactly as it is shown.',
    details: { confirmation: `This is not “${name}”.` },
  });
}
