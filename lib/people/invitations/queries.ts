import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Tx, withActor, withSystem } from '@/db/client';
import { environments, invitations, people } from '@/db/schema';
import type { PersonContext } from '@/lib/context';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';
import { invitationInvalid } from '@/lib/people/invitations/accept';
import type { InvitationRow, InvitationState, OpenedInvitation } from '@/lib/people/types';
import { hashToken } from '@/lib/session/secret-hash';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const MOST = 200;

const host = alias(people, 'host');
const guest = alias(people, 'guest');

const state = sql<InvitationState>`CASE
  WHEN ${invitations.acceptedAt} IS NOT NULL THEN 'accepted'
  WHEN ${invitations.withdrawnAt} IS NOT NULL THEN 'withdrawn'
  WHEN ${invitations.expiresAt} <= orgdock.now() THEN 'expired' ELSE 'open' END`;

function select(tx: Tx, where: SQL | undefined) {
  return tx
    .select({
      invitation: invitations,
      state,
      invitedBy: host.displayName,
      acceptedBy: { id: guest.id, displayName: guest.displayName },
    })
    .from(invitations)
    .leftJoin(host, eq(host.id, invitations.invitedBy))
    .leftJoin(guest, eq(guest.id, invitations.acceptedBy))
    .where(where)
    .orderBy(asc(sql`CASE ${state} WHEN 'open' THEN 0 ELSE 1 END`), desc(invitations.createdAt))
    .limit(MOST);
}

/** Invitations, the open ones first, then the newest; for administrators and auditors. Throws FORBIDDEN. */
export async function listInvitations(ctx: PersonContext): Promise<InvitationRow[]> {
  assertRole(ctx, CUSTODIANS, 'see invitations');
  return await withActor(ctx, async (tx) => {
    const rows = await select(tx, undefined);
    const names = await readNames(
      tx,
      rows.flatMap(({ invitation }) => invitation.environmentIds),
    );
    return rows.map(({ invitation, acceptedBy, ...row }) => ({
      ...row,
      id: invitation.id,
      displayName: invitation.displayName,
      email: invitation.email,
      role: invitation.role,
      environments: namesOf(names, invitation.environmentIds),
      createdAt: invitation.createdAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
      endedAt: (invitation.acceptedAt ?? invitation.withdrawnAt)?.toISOString() ?? null,
      acceptedBy,
    }));
  });
}

/** The invitation of a link, whatever its state; null for a link that nobody made. Public: the token is the proof. */
export async function openInvitation(token: string): Promise<OpenedInvitation | null> {
  if (!TOKEN.test(token)) return null;
  return await withSystem('invitation link', async (tx) => {
    const [row] = await select(tx, eq(invitations.tokenHash, hashToken(token)));
    if (!row) return null;
    const { displayName, role, environmentIds, expiresAt } = row.invitation;
    return {
      displayName,
      role,
      environments: namesOf(await readNames(tx, environmentIds), environmentIds),
      invitedBy: row.invitedBy,
      state: row.state,
      expiresAt: expiresAt.toISOString(),
    };
  });
}

/** Id of the open invitation of a link, for the sign-in that will accept it. Throws INVITATION_INVALID. */
export async function requireOpenInvitation(systemTx: Tx, token: string): Promise<string> {
  if (!TOKEN.test(token)) throw invitationInvalid(null);
  const [row] = await select(systemTx, eq(invitations.tokenHash, hashToken(token)));
  if (row?.state === 'open') return row.invitation.id;
  throw invitationInvalid(row?.state ?? null);
}

async function readNames(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: environments.id, name: environments.name })
    .from(environments)
    .where(inArray(environments.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function namesOf(names: Map<string, string>, ids: string[]): string[] {
  return ids.flatMap((id) => names.get(id) ?? []);
}
