import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { answerInvalid, callSalesforce } from '../client';
import type { SalesforceClient } from '../types';
import { appPath, consumerPath } from './credential-paths';
import type { ConsumerPath, KeyAndSecret, OAuthAppEntry, OAuthConsumer } from './types';

const usageSchema = z.object({
  apps: z.array(z.object({ identifier: z.string(), developerName: z.string(), label: z.string().nullish() })),
});
const consumersSchema = z.object({
  consumers: z.array(z.object({ id: z.string(), name: z.string().nullish(), key: z.string() })),
});
const pairSchema = z.object({ key: z.string().min(1), secret: z.string().min(1).nullish() });

/** The org's External Client Apps with OAuth (Connect REST API, "OAuth Usage"). For administrators. */
export async function listOAuthApps(client: SalesforceClient): Promise<OAuthAppEntry[]> {
  const answer = await callSalesforce(client, { path: '/apps/oauth/usage' });
  const parsed = usageSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  return parsed.data.apps.map(({ identifier, developerName, label }) => ({
    id: identifier,
    developerName,
    label: label ?? null,
  }));
}

/** The consumers of an app, with their keys ("OAuth Credentials by App ID"). */
export async function listConsumers(client: SalesforceClient, appId: string): Promise<OAuthConsumer[]> {
  const answer = await callSalesforce(client, { path: appPath(appId) });
  const parsed = consumersSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  return parsed.data.consumers.map(({ id, name, key }) => ({ id, key, name: name ?? null }));
}

/**
 * Key and secret of a consumer. An org that does not give the secret away, which is how they come, answers with the
 * key alone and its reason as `refusal`.
 */
export async function readKeyAndSecret(client: SalesforceClient, path: ConsumerPath): Promise<KeyAndSecret> {
  try {
    const { key, secret } = await readPart(client, path, 'keyandsecret');
    return { key, secret: secret ?? null, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SALESFORCE_FORBIDDEN') throw error;
    const { key } = await readPart(client, path, 'key');
    return { key, secret: null, refusal: error.salesforce };
  }
}

async function readPart(client: SalesforceClient, path: ConsumerPath, part: 'key' | 'keyandsecret') {
  const answer = await callSalesforce(client, { path: `${consumerPath(path)}?part=${part}` });
  const parsed = pairSchema.safeParse(answer.body);
  if (!parsed.success) throw answerInvalid();
  return parsed.data;
}
