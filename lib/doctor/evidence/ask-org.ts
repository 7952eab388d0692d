import { listWitnesses, type Witness } from '@/lib/connections/service/witness';
import type { PersonContext } from '@/lib/context';
import { assertReadingHours } from '@/lib/custody/usage/assert-reading-hours';
import { readApp } from '@/lib/doctor/evidence/read-app';
import { readAppLabel } from '@/lib/doctor/evidence/read-app-label';
import { readLogins } from '@/lib/doctor/evidence/read-logins';
import { readSetupChanges } from '@/lib/doctor/evidence/read-setup-changes';
import type { Question, Testimony } from '@/lib/doctor/evidence/testimony';
import type { OrgEvidence } from '@/lib/doctor/types';
import { AppError } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { noteInstalled } from '@/lib/provisioning/approval/mark-done';

export interface OrgQuestion extends Question {
  environmentId: string;
  orgId: string | null;
}

/**
 * What the org’s own records say about a failure, through another live connection that this person may use. Whoever
 * waits for the app to be installed is told when the org that the environment is pinned to shows that it is. Throws
 * NOT_FOUND when there is none, RATE_LIMITED, ENVIRONMENT_CLOSED, and Salesforce’s refusals that are no missing
 * permission.
 */
export async function askOrg(ctx: PersonContext, question: OrgQuestion): Promise<OrgEvidence> {
  await countAgainst('org_evidence', ctx.personId);
  const witnesses = await listWitnesses(ctx, question);
  let best: OrgEvidence | null = null;
  let refusal: AppError | null = null;
  for (const witness of witnesses) {
    try {
      await assertReadingHours(ctx, witness.connection);
      const evidence = await hear(witness, question);
      if (evidence.appInstalled) await noteInstalled(ctx, question.environmentId);
      if (evidence.missing.length === 0) return evidence;
      if (best === null || evidence.missing.length < best.missing.length) best = evidence;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal = error;
    }
  }
  if (best) return best;
  if (refusal) throw refusal;
  throw new AppError('NOT_FOUND', 'No other live connection of this org is open to you.', {
    nextStep:
      'The org can be asked through a connection of your own, or by an administrator of Orgdock through a service connection, whose Salesforce user has Manage Users, View Setup and Customize Application.',
  });
}

async function hear(witness: Witness, question: Question): Promise<OrgEvidence> {
  const { name, connection, client, isOfApp, isInPinnedOrg } = witness;
  const logins = await readLogins(client, question);
  const changes = await readSetupChanges(client, question);
  const label = isOfApp ? await readAppLabel(client, connection) : null;
  const app = await readApp(client, question, label);
  const all: Testimony[] = [changes, logins, app];
  return {
    through: `${name} (Salesforce user ${connection.username})`,
    sentences: all.flatMap(({ sentences }) => sentences),
    missing: all.flatMap(({ missing }) => missing),
    speaksFor: [...new Set(all.flatMap(({ speaksFor }) => speaksFor))],
    appInstalled: isInPinnedOrg && app.appInstalled === true,
  };
}
