import { and, eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { appDeployments } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { packOf } from '@/lib/provisioning/app-pack/commands';
import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import { readAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import {
  clientFor,
  finish,
  goOn,
  readUnfinished,
  type Unfinished,
  wordsOf,
} from '@/lib/provisioning/deployment/deployment-row';
import { takeCredentials } from '@/lib/provisioning/deployment/take-credentials';
import { isRefusal, isTransient } from '@/lib/provisioning/deployment/transient';
import { readChoice } from '@/lib/provisioning/drift/choice';
import { listOAuthApps } from '@/lib/salesforce/apps/read-credentials';
import { readDeploy, startDeploy } from '@/lib/salesforce/metadata/deploy';
import { writeZip } from '@/lib/salesforce/metadata/write-zip';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Between two looks at a deployment, which become rarer the older it is, and after a look that failed. */
const LOOK_AGAIN_MS = 2 * SECOND;
const LOOK_AGAIN_AT_LAST_MS = 60 * SECOND;
const AFTER_TROUBLE_MS = 10 * SECOND;
/** A request that was sent may be answered for so long. */
const ANSWER_WITHIN_MS = 150 * SECOND;
/** A deployment whose answer was lost shows in the org by then, or was never taken. */
const SHOWS_WITHIN_MS = 10 * MINUTE;
/** A deployment of five components that takes longer is left to people. */
const LONGEST_MS = 60 * MINUTE;

const NO_WORDS = { error: null, errorDescription: null };
const STILL_RUNNING = {
  error: 'STILL_RUNNING',
  errorDescription:
    'Salesforce was still at work after an hour, and Orgdock looks no more. Setup → Deployment Status shows how it ends.',
};

/**
 * Does the next thing for a deployment and has the one after that enqueued: send it once, look how far it is, read key
 * and secret. Whatever stops it on the way, it is never sent twice: what may have been sent is looked for in the org.
 */
export async function stepDeployment(deploymentId: string): Promise<void> {
  const deployment = await readUnfinished(deploymentId);
  if (!deployment) return;
  switch (deployment.row.state) {
    case 'waiting':
      return await send(deployment);
    case 'sent':
      if (deployment.ageMs < ANSWER_WITHIN_MS) return await goOn(deployment, {}, 30 * SECOND);
      return await goOn(deployment, { state: 'unknown' }, 0);
    case 'unknown':
      return await lookFor(deployment);
    case 'in_progress':
      return await look(deployment);
    case 'succeeded':
      return await takeCredentials(deployment);
    default:
      return;
  }
}

async function send(deployment: Unfinished): Promise<void> {
  let prepared: { client: Awaited<ReturnType<typeof clientFor>>; zip: Buffer };
  try {
    prepared = { client: await clientFor(deployment), zip: await zipFor(deployment) };
    // A token that has ended is renewed before anything is sent.
    await listOAuthApps(prepared.client);
  } catch (error) {
    if (isTransient(error) && deployment.ageMs < SHOWS_WITHIN_MS) {
      return await goOn(deployment, wordsOf(error), AFTER_TROUBLE_MS);
    }
    return await finish(deployment, { state: 'failed', ...wordsOf(error) });
  }
  if (!(await claim(deployment.row.id))) return;
  try {
    const { id } = await startDeploy(prepared.client, { zip: prepared.zip, checkOnly: false });
    await goOn(deployment, { state: 'in_progress', deployRequestId: id, ...NO_WORDS }, LOOK_AGAIN_MS);
  } catch (error) {
    if (isRefusal(error)) return await finish(deployment, { state: 'failed', ...wordsOf(error) });
    await goOn(deployment, { state: 'unknown', ...wordsOf(error) }, LOOK_AGAIN_MS);
  }
}

/**
 * Whoever moves it from `waiting` sends it, and nobody does again. From now on Salesforce may have it, so its age counts
 * from here and not from when it was asked for.
 */
async function claim(id: string): Promise<boolean> {
  const rows = await withSystem('app deployment', (tx) =>
    tx
      .update(appDeployments)
      .set({ state: 'sent', startedAt: databaseNow })
      .where(and(eq(appDeployments.id, id), eq(appDeployments.state, 'waiting')))
      .returning({ id: appDeployments.id }),
  );
  return rows.length === 1;
}

async function zipFor({ row, slug }: Unfinished): Promise<Buffer> {
  return await withSystem('app deployment', async (tx) => {
    const environment = await readAppEnvironment(tx, slug, row.startedBy);
    const choice = await readChoice(tx, row.environmentId);
    const everybody = { permittedUsers: 'AllSelfAuthorized', permissionSet: null } as const;
    return writeZip(packOf(environment, choice ?? everybody).pack.files);
  });
}

/** How far Salesforce is with it. */
async function look(deployment: Unfinished): Promise<void> {
  const { row } = deployment;
  try {
    const seen = await readDeploy(await clientFor(deployment), row.deployRequestId ?? '');
    const progress = {
      salesforceStatus: seen.status,
      componentsTotal: seen.total,
      componentsDone: seen.deployed,
      errors: seen.errors.map(({ type, component, file, problem, line }) => ({
        component: [type, component || file].filter(Boolean).join(' '),
        problem,
        line,
      })),
    };
    if (!seen.done && deployment.ageMs >= LONGEST_MS) {
      return await finish(deployment, { ...progress, state: 'unknown', ...STILL_RUNNING });
    }
    if (!seen.done) return await goOn(deployment, { ...progress, ...NO_WORDS }, lookAgainMs(deployment));
    if (seen.status === 'Succeeded') return await goOn(deployment, { ...progress, state: 'succeeded' }, 0);
    const state = seen.status === 'Canceled' ? 'cancelled' : 'failed';
    const error = state === 'failed' ? seen.status : null;
    await finish(deployment, { ...progress, state, error, errorDescription: seen.message });
  } catch (error) {
    if (isTransient(error) && deployment.ageMs < LONGEST_MS) {
      return await goOn(deployment, wordsOf(error), AFTER_TROUBLE_MS);
    }
    await finish(deployment, { state: 'unknown', ...wordsOf(error) });
  }
}

function lookAgainMs({ ageMs }: Unfinished): number {
  return Math.min(Math.max(LOOK_AGAIN_MS, ageMs / 10), LOOK_AGAIN_AT_LAST_MS);
}

/** The answer was lost: the app's own name tells whether it is there. */
async function lookFor(deployment: Unfinished): Promise<void> {
  const developerName = developerNameOf(deployment.slug);
  try {
    const apps = await listOAuthApps(await clientFor(deployment));
    if (apps.some((app) => app.developerName === developerName)) return await takeCredentials(deployment);
  } catch (error) {
    if (!isTransient(error)) return await finish(deployment, { state: 'unknown', ...wordsOf(error) });
  }
  if (deployment.ageMs < SHOWS_WITHIN_MS) return await goOn(deployment, {}, AFTER_TROUBLE_MS);
  await finish(deployment, { state: 'unknown' });
}
