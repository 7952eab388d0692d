import { and, eq, inArray, or } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections, strayGrants } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import type { RevocationProof } from '@/lib/connections/revocation/revoke-and-verify';
import type { OpenRevocation } from '@/lib/connections/revocation/work-through';
import { sqlOfScope } from '@/lib/custody/revoke-everything/scope';
import type { LeftGrant, RevocationReport, RevocationScope } from '@/lib/custody/types';

/** What was worked on, by id; the proof where this process has seen it. */
export type Worked = Map<string, OpenRevocation & { proof: RevocationProof | null }>;

/** What became of everything that was worked on, and what may be alive still, as the rows say now. */
export async function readReport(tx: Tx, scope: RevocationScope, worked: Worked): Promise<RevocationReport> {
  const report: RevocationReport = {
    confirmed: { introspection: 0, refused_use: 0, answer: 0, elsewhere: 0 },
    ended: 0,
    left: [],
  };
  const confirm = (id: string) => {
    report.confirmed[worked.get(id)?.proof ?? 'elsewhere'] += 1;
  };
  for (const row of await readConnections(tx, scope, idsOf(worked, 'connection'))) {
    if (row.state === 'disconnected' && row.revocation === 'confirmed') confirm(row.id);
    else if (row.state === 'disconnected' && row.revocation === 'none') report.ended += 1;
    else report.left.push(leftConnection(row));
  }
  for (const row of await readStrays(tx, idsOf(worked, 'stray'))) {
    if (row.outcome === 'confirmed') confirm(row.id);
    else report.left.push(leftStray(row));
  }
  return report;
}

function idsOf(worked: Worked, kind: OpenRevocation['kind']): string[] {
  return [...worked.values()].filter((one) => one.kind === kind).map(({ id }) => id);
}

function readConnections(tx: Tx, scope: RevocationScope, ids: string[]) {
  const unsendable = and(
    sqlOfScope(scope).connections,
    eq(connections.state, 'disconnected'),
    eq(connections.revocation, 'unconfirmed'),
  );
  return tx
    .select({
      id: connections.id,
      state: connections.state,
      revocation: connections.revocation,
      error: connections.problemError,
      description: connections.problemDescription,
      nextAt: connections.revocationNextAt,
      username: connections.username,
      service: connections.name,
      environment: environments.name,
      owner: people.displayName,
    })
    .from(connections)
    .innerJoin(environments, eq(environments.id, connections.environmentId))
    .leftJoin(people, eq(people.id, connections.ownerId))
    .where(or(inArray(connections.id, ids), unsendable));
}

type ConnectionRow = Awaited<ReturnType<typeof readConnections>>[number];

function leftConnection(row: ConnectionRow): LeftGrant {
  const { id, owner, service, environment, username, nextAt } = row;
  return {
    kind: 'connection',
    id,
    label: [owner ?? `service connection ${service ?? id}`, environment, username].join(' · '),
    why: whyLeft(row),
    nextAt: nextAt?.toISOString() ?? null,
  };
}

function whyLeft({ state, revocation, error, description }: ConnectionRow): string {
  if (state === 'disconnected')
    return 'its refresh token may be a spent one, so it is not sent: revoke it in Salesforce';
  if (state !== 'disconnecting') return 'it was connected again meanwhile';
  if (revocation === 'pending') return 'another process is at work on it';
  return words(error, description);
}

function words(error: string | null, description: string | null): string {
  return [error ?? 'Salesforce did not confirm it', description].filter(Boolean).join(': ');
}

function readStrays(tx: Tx, ids: string[]) {
  return tx
    .select({
      id: strayGrants.id,
      why: strayGrants.why,
      outcome: strayGrants.outcome,
      error: strayGrants.error,
      description: strayGrants.errorDescription,
      nextAt: strayGrants.nextAt,
      environment: environments.name,
      user: strayGrants.salesforceUserId,
    })
    .from(strayGrants)
    .innerJoin(environments, eq(environments.id, strayGrants.environmentId))
    .where(inArray(strayGrants.id, ids));
}

function leftStray(row: Awaited<ReturnType<typeof readStrays>>[number]): LeftGrant {
  const { id, why, environment, user, error, description, outcome, nextAt } = row;
  return {
    kind: 'stray',
    id,
    label: ['grant without a connection', environment, user ?? 'unknown user', why].join(' · '),
    why: words(error, description),
    nextAt: outcome === 'gave_up' ? null : nextAt.toISOString(),
  };
}
