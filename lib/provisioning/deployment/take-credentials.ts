import { withSystem } from '@/db/client';
import { AppError, type SalesforceFault } from '@/lib/errors';
import { developerNameOf } from '@/lib/provisioning/app-pack/developer-name';
import {
  clientFor,
  finish,
  goOn,
  type Unfinished,
  wordsOf,
} from '@/lib/provisioning/deployment/deployment-row';
import { storeAppCredentials } from '@/lib/provisioning/deployment/store-credentials';
import { isTransient } from '@/lib/provisioning/deployment/transient';
import { listConsumers, listOAuthApps, readKeyAndSecret } from '@/lib/salesforce/apps/read-credentials';
import type { ConsumerPath } from '@/lib/salesforce/apps/types';
import type { SalesforceClient } from '@/lib/salesforce/types';

/** A new app may take so long until the org lists it. */
const LISTED_WITHIN_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 10_000;

/**
 * Reads key and secret of the deployed app from its org, stores them and ends the deployment. An org that keeps its
 * secrets to itself gives the key alone.
 */
export async function takeCredentials(deployment: Unfinished): Promise<void> {
  const { row, slug } = deployment;
  const state = row.state === 'unknown' ? 'unknown' : 'succeeded';
  try {
    const client = await clientFor(deployment);
    const found = await findConsumer(client, developerNameOf(slug));
    if (found === null) {
      if (deployment.ageMs < LISTED_WITHIN_MS) return await goOn(deployment, {}, LOOK_AGAIN_MS);
      return await finish(deployment, { state, credentials: 'failed', ...NOT_LISTED });
    }
    const read = await readKeyAndSecret(client, found);
    const stored = await withSystem('app deployment', (tx) =>
      storeAppCredentials(
        tx,
        { kind: 'system', reason: 'app deployment', request: null },
        {
          environmentId: row.environmentId,
          clientId: read.key,
          secret: read.secret,
          from: 'org',
          connectionId: row.connectionId,
        },
      ),
    );
    const { secret, refusal } = read;
    if (!stored) return await finish(deployment, { state, credentials: 'failed', ...keyAlone(refusal) });
    await finish(deployment, {
      state,
      credentials: secret === null ? 'key_only' : 'stored',
      error: refusal?.error ?? null,
      errorDescription: refusal?.description ?? null,
    });
  } catch (error) {
    if (isTransient(error) && deployment.ageMs < LISTED_WITHIN_MS) {
      return await goOn(deployment, wordsOf(error), LOOK_AGAIN_MS);
    }
    const refused = error instanceof AppError && error.code === 'SALESFORCE_FORBIDDEN';
    await finish(deployment, { state, credentials: refused ? 'refused' : 'failed', ...wordsOf(error) });
  }
}

const NOT_LISTED = {
  error: 'NOT_LISTED',
  errorDescription: 'The org does not list the new app yet. Copy its key and secret from Setup.',
};

function keyAlone(refusal: SalesforceFault | null) {
  const words = [
    'Nothing was stored: the environment is in use with another key, and the org does not give the secret of the new one away.',
    'Copy key and secret from Setup.',
    refusal?.description,
  ];
  return { error: refusal?.error ?? 'KEY_ALONE', errorDescription: words.filter(Boolean).join(' ') };
}

async function findConsumer(client: SalesforceClient, developerName: string): Promise<ConsumerPath | null> {
  const app = (await listOAuthApps(client)).find((one) => one.developerName === developerName);
  const [consumer] = app ? await listConsumers(client, app.id) : [];
  return app && consumer ? { appId: app.id, consumerId: consumer.id } : null;
}
