import type { PersonContext } from '@/lib/context';
import type { EnvironmentRow } from '@/lib/environments/transaction/lock-environment';
import { AppError, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { requireRotationClient } from '@/lib/provisioning/secret-rotation/org/rotation-client';
import { listConsumers, listOAuthApps, readKeyAndSecret } from '@/lib/salesforce/apps/read-credentials';
import {
  discardStaged,
  readStaged,
  rotateStaged,
  stageCredentials,
} from '@/lib/salesforce/apps/staged-credentials';
import type { ConsumerPath, StagedCredentials } from '@/lib/salesforce/apps/types';
import type { SalesforceClient } from '@/lib/salesforce/types';

/**
 * A next secret that the org makes, or the one that it made before and that never arrived here. The org keeps one pair
 * beside the main one: that of an earlier rotation is left alone until it ends, since others may still use it. Throws
 * CONFLICT, Salesforce's refusal.
 */
export async function stageAtOrg(
  ctx: PersonContext,
  environment: EnvironmentRow,
  present: string,
): Promise<{ id: string; secret: string }> {
  const client = await requireRotationClient(ctx, environment);
  const path = await findConsumer(client, environment);
  const found = await readStaged(client, path);
  if (found?.state === 'active') {
    if (found.key !== environment.clientId) throw anotherKey(false);
    return found;
  }
  if (found?.secret === present) throw rotatedElsewhere();
  if (found && stillWorks(found)) throw keepsPrevious(found);
  if (found) await discardStaged(client, path, found.id);
  const made = await stageCredentials(client, path);
  if (made.key === environment.clientId) return made;
  throw anotherKey(await discard(client, path, made.id));
}

/** The main pair of before: an org that does not say until when keeps it. */
function stillWorks({ state, expiresAt }: StagedCredentials): boolean {
  return state === 'rotated' && (expiresAt === null || expiresAt.getTime() > Date.now());
}

/** Makes the staged pair the org's main one. Sent once. Throws Salesforce's refusal, or that no answer came. */
export async function rotateAtOrg(
  ctx: PersonContext,
  environment: EnvironmentRow,
  stagedId: string,
): Promise<void> {
  const client = await requireRotationClient(ctx, environment);
  await rotateStaged(client, await findConsumer(client, environment), stagedId);
}

/** The secret that is the org's main one now. Throws CONFLICT, Salesforce's refusal. */
export async function readMainSecret(ctx: PersonContext, environment: EnvironmentRow): Promise<string> {
  const client = await requireRotationClient(ctx, environment);
  const { secret, refusal } = await readKeyAndSecret(client, await findConsumer(client, environment));
  if (secret !== null) return secret;
  throw new AppError('SALESFORCE_FORBIDDEN', 'The org does not give the secret of its app away.', {
    nextStep:
      'Allow it in Salesforce: Setup → External Client App Settings → “Allow access to External Client App consumer secrets via REST API”.',
    ...(refusal ? { salesforce: refusal } : {}),
  });
}

/** Ends the staged pair at the org. False: the org did not confirm it. Never throws. */
export async function discardAtOrg(
  ctx: PersonContext,
  environment: EnvironmentRow,
  stagedId: string,
): Promise<boolean> {
  try {
    const client = await requireRotationClient(ctx, environment);
    return await discard(client, await findConsumer(client, environment), stagedId);
  } catch (error) {
    return notDiscarded(error);
  }
}

async function discard(client: SalesforceClient, path: ConsumerPath, stagedId: string): Promise<boolean> {
  return await discardStaged(client, path, stagedId).then(() => true, notDiscarded);
}

function notDiscarded(error: unknown): false {
  log().warn({ code: toProblem(error).code }, 'a staged secret could not be deleted at its org');
  return false;
}

/** The app is known by its key: one call for each app of the org. */
async function findConsumer(client: SalesforceClient, { clientId }: EnvironmentRow): Promise<ConsumerPath> {
  for (const { id: appId } of await listOAuthApps(client)) {
    const consumer = (await listConsumers(client, appId)).find(({ key }) => key === clientId);
    if (consumer) return { appId, consumerId: consumer.id };
  }
  throw new AppError('CONFLICT', 'The org lists no External Client App with this consumer key.', {
    nextStep: 'A Connected App of the older kind has no staged credentials: paste its new secret instead.',
  });
}

/** A pair with another key would be another app: every grant belongs to the key that it was given to. */
function anotherKey(discarded: boolean): AppError {
  const room = discarded
    ? 'The staged pair was deleted again. Make the next secret in Salesforce and paste it here'
    : 'Delete the staged pair in Salesforce';
  return new AppError('CONFLICT', 'The org staged another consumer key together with the secret.', {
    nextStep: `${room}: Orgdock rotates the secret only and keeps the key.`,
  });
}

function keepsPrevious({ expiresAt }: StagedCredentials): AppError {
  const until = expiresAt === null ? '30 days after that rotation' : expiresAt.toISOString().slice(0, 10);
  return new AppError(
    'CONFLICT',
    `The org keeps the secret of before its last rotation until ${until}, and has no room for another one.`,
    {
      nextStep:
        'Wait until then. Or, once nothing else uses that secret, delete it in Salesforce (the staged credentials of the app) and stage again.',
    },
  );
}

function rotatedElsewhere(): AppError {
  return new AppError('CONFLICT', 'Somebody has rotated the secret in Salesforce already.', {
    nextStep: 'Paste the app’s secret of now, before the one in use here ends.',
  });
}
