import { and, desc, eq, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { isCommonLoginHost } from '@/lib/egress/hosts';
import type { EnvironmentRow } from '@/lib/environments/transaction/lock-environment';
import type { KnownBehaviour } from '@/lib/provisioning/secret-rotation/types';

/**
 * What earlier rotations of apps of the same kind in the same org have shown: nothing else can be known before a
 * secret is applied, since Salesforce documents both behaviours and offers no way to ask (decision record 013).
 */
export async function readKnownBehaviour(tx: Tx, environment: EnvironmentRow): Promise<KnownBehaviour> {
  const { id, expectedOrgId, origin, appType } = environment;
  const sameOrg = or(
    eq(environments.id, id),
    expectedOrgId === null ? undefined : eq(environments.expectedOrgId, expectedOrgId),
    isCommonLoginHost(origin) ? undefined : eq(environments.origin, origin),
  );
  const [row] = await tx
    .select({
      name: environments.name,
      behaviour: secretRotations.behaviour,
      at: sql<string>`to_char(${secretRotations.appliedAt} AT TIME ZONE 'UTC', 'FMDD Month YYYY')`,
    })
    .from(secretRotations)
    .innerJoin(environments, eq(environments.id, secretRotations.environmentId))
    .where(and(sameOrg, eq(environments.appType, appType), ne(secretRotations.behaviour, 'unknown')))
    .orderBy(desc(secretRotations.appliedAt))
    .limit(1);
  if (!row) return { behaviour: 'unknown', evidence: null };
  const what =
    row.behaviour === 'keeps_old' ? 'the grants of its app lived on' : 'every grant of its app was revoked';
  const when = row.at.replace(/\s+/g, ' ');
  return {
    behaviour: row.behaviour,
    evidence: `When a new secret was applied for ${row.name} on ${when}, in this org, ${what}.`,
  };
}
