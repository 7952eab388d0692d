import { and, asc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, refreshAttempts } from '@/db/schema/connections';
import { environmentSecrets, environments } from '@/db/schema/environments';
import type { Evidence } from '@/lib/connections/cause/types';

/** What a refusal brought with it. */
export type Refusal = Pick<Evidence, 'code' | 'fault' | 'answer'> & {
  connectionId: string;
  /** The request that was refused: it does not speak for itself. */
  attemptId: string;
};

/** Ends this close to each other have one cause. */
const NEARBY = sql`interval '15 minutes'`;

/** What Salesforce accepted this short a time ago it hardly refuses now. */
const JUST_NOW = sql`interval '5 minutes'`;

const sameApp = sql`(c.token_host, c.client_id) = (${connections.tokenHost}, ${connections.clientId})`;
const sameUser = sql`(c.org_id, c.salesforce_user_id) = (${connections.orgId}, ${connections.salesforceUserId})`;

const OTHERS_OF_APP = sql`${sameApp} AND NOT (${sameUser})`;

/** Ends whose reason is this grant's alone say nothing about others. */
const ALONE = sql`('idle_limit', 'absolute_limit', 'five_grants', 'replayed', 'answer_lost')`;

/**
 * Reads what speaks for one cause or another, in the transaction that writes a refusal down and before the row says
 * it. Null: the connection is gone.
 */
export async function gatherEvidence(tx: Tx, refusal: Refusal): Promise<Evidence | null> {
  const { connectionId, code, fault, answer } = refusal;
  const [row] = await tx
    .select({
      now: instantOf(sql`orgdock.now()`),
      environment: {
        kind: environments.kind,
        idleLimitDays: environments.idleLimitDays,
        absoluteLimitDays: environments.absoluteLimitDays,
        secretChangedAt: environmentSecrets.updatedAt,
      },
      grant: {
        orgId: connections.orgId,
        instanceUrl: connections.instanceUrl,
        consentedAt: connections.consentedAt,
        retrievedAt: connections.retrievedAt,
      },
      grantId: connections.grantId,
      generation: connections.generation,
      restored: connections.verifyFirst,
      problemEvidence: connections.problemEvidence,
      youngerGrants: youngerGrants(),
      endedOfApp: countOf(endedNearby(OTHERS_OF_APP)),
      endedOfAppAt: instantOf(sql`(SELECT max(c.problem_at) ${endedNearby(OTHERS_OF_APP)})`),
      endedOfUser: countOf(endedNearby(sameUser)),
      appAcceptedAt: acceptedApp(),
      userAcceptedAt: acceptedUser(),
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    // Outer: a public client has no secret.
    .leftJoin(environmentSecrets, eq(environmentSecrets.environmentId, environments.id))
    .where(eq(connections.id, connectionId));
  if (!row?.now) return null;
  return {
    code,
    fault,
    answer,
    now: row.now,
    environment: row.environment,
    grant: row.grant,
    restored: row.restored,
    noted: Array.isArray(row.problemEvidence) ? row.problemEvidence : [],
    youngerGrants: row.youngerGrants,
    endedNearby: { ofApp: row.endedOfApp, ofUser: row.endedOfUser },
    accepted: { app: laterThan(row.endedOfAppAt, row.appAcceptedAt), user: row.userAcceptedAt },
    ...(await readEarlier(tx, refusal, row)),
  };
}

/** What became of the same refresh token before. */
async function readEarlier(
  tx: Tx,
  { connectionId, attemptId }: Refusal,
  { grantId, generation }: { grantId: string; generation: number },
): Promise<Pick<Evidence, 'unsettled' | 'inactiveAt'>> {
  const earlier = await tx
    .select({
      purpose: refreshAttempts.purpose,
      outcome: refreshAttempts.outcome,
      claimedAt: refreshAttempts.claimedAt,
    })
    .from(refreshAttempts)
    .where(
      and(
        eq(refreshAttempts.connectionId, connectionId),
        eq(refreshAttempts.grantId, grantId),
        eq(refreshAttempts.generation, generation),
        ne(refreshAttempts.id, attemptId),
      ),
    )
    .orderBy(asc(refreshAttempts.claimedAt));
  const open = ({ purpose, outcome }: (typeof earlier)[number]) =>
    purpose === 'refresh' && (outcome === null || outcome === 'uncertain');
  return {
    unsettled: earlier.filter(open).map(({ claimedAt }) => claimedAt),
    inactiveAt: earlier.findLast(({ outcome }) => outcome === 'inactive')?.claimedAt ?? null,
  };
}

/** Salesforce counts grants for each user and app, whoever holds them here, and those still to be revoked. */
function youngerGrants(): SQL<number> {
  return sql`(SELECT count(*) FROM orgdock.connections c
     WHERE c.id <> ${connections.id} AND ${sameUser} AND c.client_id = ${connections.clientId}
       AND c.consented_at > ${connections.consentedAt}
       AND c.state NOT IN ('needs_reconnect', 'disconnected'))
  + (SELECT count(*) FROM orgdock.stray_grants c
     WHERE ${sameUser} AND c.client_id = ${connections.clientId}
       AND c.created_at > ${connections.consentedAt} AND c.finished_at IS NULL)`.mapWith(Number);
}

function endedNearby(others: SQL): SQL {
  return sql`FROM orgdock.connections c
     WHERE c.id <> ${connections.id} AND ${others} AND c.state = 'needs_reconnect'
       AND c.problem_code = 'GRANT_ENDED' AND c.problem_at > orgdock.now() - ${NEARBY}
       AND coalesce(c.problem_cause, '') NOT IN ${ALONE}`;
}

const countOf = (rows: SQL): SQL<number> => sql`(SELECT count(*) ${rows})`.mapWith(Number);

/** What was accepted before others ended says nothing about now. */
function laterThan(ended: Date | null, accepted: Date | null): Date | null {
  return accepted && ended && accepted <= ended ? null : accepted;
}

/** Another grant of the app that Salesforce gave tokens for just now. */
function acceptedApp(): SQL<Date | null> {
  return instantOf(sql`(SELECT max(c.retrieved_at) FROM orgdock.connections c
     WHERE c.id <> ${connections.id} AND ${sameApp} AND c.state = 'idle'
       AND c.retrieved_at > orgdock.now() - ${JUST_NOW})`);
}

/** Another grant of the user, or their own login at Salesforce on the way into Orgdock. */
function acceptedUser(): SQL<Date | null> {
  return instantOf(sql`greatest(
    (SELECT max(c.retrieved_at) FROM orgdock.connections c
      WHERE c.id <> ${connections.id} AND ${sameUser} AND c.state = 'idle'
        AND c.retrieved_at > orgdock.now() - ${JUST_NOW}),
    (SELECT max(s.created_at) FROM orgdock.sessions s
       JOIN orgdock.identities i ON i.person_id = s.person_id
       JOIN orgdock.environments e ON e.slug = s.signed_in_via AND e.expected_org_id = ${connections.orgId}
      WHERE i.issuer = 'salesforce:' || ${connections.orgId} AND i.subject = ${connections.salesforceUserId}
        AND s.created_at > orgdock.now() - ${JUST_NOW}))`);
}

/** An instant of a bare expression: the driver hands it over as text. */
function instantOf(expression: SQL): SQL<Date | null> {
  return sql`${expression}`.mapWith(connections.retrievedAt);
}
