import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { Context } from '@/lib/context';
import { environmentDeleted } from '@/lib/environments/deleted';
import { AppError } from '@/lib/errors';
import { environmentDisabled } from '@/lib/people/access/refusals';

interface Org {
  id: string;
  name: string | null;
}

/**
 * Holds an environment to its org, in the transaction that stores a grant of `org`. Pinned: another org
 * throws CONSENT_WRONG_ORG with both names; the same one fills in a name that is missing. Not pinned: pins it if
 * `mayPin`, else proposes the first one seen. Deleted or disabled: throws ENVIRONMENT_DELETED or
 * ENVIRONMENT_DISABLED.
 */
export async function holdToExpectedOrg(
  systemTx: Tx,
  ctx: Context,
  input: { environmentId: string; org: Org; mayPin: boolean },
): Promise<void> {
  const { environmentId, org, mayPin } = input;
  // Not FOR UPDATE: that waits for every transaction that checks its foreign key, and they may wait for us.
  const [row] = await systemTx
    .select()
    .from(environments)
    .where(eq(environments.id, environmentId))
    .for('no key update');
  if (!row) throw new AppError('NOT_FOUND', 'This environment does not exist any more.');
  if (row.deletedAt !== null) throw environmentDeleted(row.name);
  if (row.status === 'disabled') throw environmentDisabled(row.name);
  if (row.expectedOrgId === org.id) {
    // Set-up pins before anybody may ask the org for its name (`openid` only).
    if (row.expectedOrgName === null && org.name !== null)
      await nameExpectedOrg(systemTx, environmentId, org);
    return;
  }
  if (row.expectedOrgId !== null) {
    throw wrongOrg(row.name, { id: row.expectedOrgId, name: row.expectedOrgName }, org);
  }
  if (mayPin) {
    await pin(systemTx, ctx, { environmentId, org, before: null });
  } else if (row.proposedOrgId === null) {
    await proposeOrg(systemTx, environmentId, org);
  }
}

/**
 * Notes which org an administrator may want to pin. The first stays until it is pinned: nobody else's consent puts
 * another org under the eyes of an administrator who is about to decide.
 */
export async function proposeOrg(systemTx: Tx, environmentId: string, org: Org): Promise<void> {
  await systemTx
    .update(environments)
    .set({ proposedOrgId: org.id, proposedOrgName: org.name })
    .where(
      and(
        eq(environments.id, environmentId),
        // Pinned meanwhile: there is nothing to propose, and it would stand in the way of a real one.
        sql`${environments.expectedOrgId} IS DISTINCT FROM ${org.id}`,
        or(isNull(environments.proposedOrgId), eq(environments.proposedOrgId, org.id)),
      ),
    );
}

/** Not an act of anybody, so not audited: the id was pinned before. */
async function nameExpectedOrg(systemTx: Tx, environmentId: string, { name }: Org): Promise<void> {
  await systemTx
    .update(environments)
    .set({ expectedOrgName: name })
    .where(eq(environments.id, environmentId));
}

/** Pins the environment to an org and says so in the audit log. */
export async function pin(
  tx: Tx,
  ctx: Context,
  input: { environmentId: string; org: Org; before: string | null },
): Promise<void> {
  const { environmentId, org, before } = input;
  await tx
    .update(environments)
    .set({
      expectedOrgId: org.id,
      expectedOrgName: org.name,
      proposedOrgId: null,
      proposedOrgName: null,
      updatedAt: databaseNow,
    })
    .where(eq(environments.id, environmentId));
  await appendAudit(tx, ctx, {
    action: 'environment.pin_org',
    subjectId: environmentId,
    details: { orgId: org.id, orgName: org.name, before },
  });
}

function wrongOrg(environmentName: string, expected: Org, actual: Org): AppError {
  const say = (org: Org) => (org.name === null ? org.id : `${org.name} (${org.id})`);
  return new AppError(
    'CONSENT_WRONG_ORG',
    `${environmentName} is held to the org ${say(expected)}, but you signed in to ${say(actual)}.`,
    {
      nextStep:
        'Sign out of Salesforce and connect again as a user of the right org. If the org was replaced, an administrator can accept the new one under Environments.',
      details: {
        expectedOrgId: expected.id,
        expectedOrgName: expected.name ?? '',
        actualOrgId: actual.id,
        actualOrgName: actual.name ?? '',
      },
    },
  );
}
