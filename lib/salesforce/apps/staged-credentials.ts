import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { answerInvalid, callSalesforce } from '../client';
import type { SalesforceClient } from '../types';
import { stagedPath } from './credential-paths';
import type { ConsumerPath, StagedCredentials } from './types';

const STATES = { active: 'active', rotated: 'rotated', expired: 'expired' } as const;
const JSON_TYPE = { 'content-type': 'application/json' };

const date = z
  .string()
  .nullish()
  .transform((text) => {
    const at = Date.parse(text ?? '');
    return Number.isNaN(at) ? null : new Date(at);
  });

/** "App Oauth Staged Credentials Collection". */
const collectionSchema = z.object({
  stagedCredentials: z
    .array(
      z.object({
        id: z.string().min(1),
        key: z.string().min(1),
        secret: z.string().min(1),
        state: z
          .string()
          .transform((state) => state.toLowerCase())
          .pipe(z.enum(STATES)),
        createdDate: date,
        expirationDate: date,
      }),
    )
    .nullish(),
});

/** The second pair of a consumer, or null. Throws `SALESFORCE_FORBIDDEN` where secrets are not given by REST. */
export async function readStaged(
  client: SalesforceClient,
  path: ConsumerPath,
): Promise<StagedCredentials | null> {
  const answer = await callSalesforce(client, { path: stagedPath(path) });
  return firstOf(answer.body);
}

/**
 * Makes a second pair, which works beside the main one at once. Sent once; after a lost answer `readStaged` has it.
 * Throws `SALESFORCE_REFUSED` when there is one already: Salesforce keeps one for each consumer.
 */
export async function stageCredentials(
  client: SalesforceClient,
  path: ConsumerPath,
): Promise<StagedCredentials> {
  const answer = await callSalesforce(client, {
    method: 'POST',
    path: stagedPath(path),
    headers: JSON_TYPE,
    // It takes no parameters, but without any body Salesforce lets the request hang.
    body: '{}',
  });
  const staged = firstOf(answer.body);
  if (!staged) throw answerInvalid();
  return staged;
}

/** Makes the staged pair the main one. Sent once; after a lost answer `readKeyAndSecret` tells which one is. */
export async function rotateStaged(
  client: SalesforceClient,
  path: ConsumerPath,
  stagedId: string,
): Promise<void> {
  await callSalesforce(client, {
    method: 'PATCH',
    path: stagedPath(path, stagedId),
    headers: JSON_TYPE,
    body: JSON.stringify({ command: 'rotate' }),
  });
}

/** Ends the second pair: one that was staged, or the old main one before its thirty days are over. */
export async function discardStaged(
  client: SalesforceClient,
  path: ConsumerPath,
  stagedId: string,
): Promise<void> {
  try {
    await callSalesforce(client, { method: 'DELETE', path: stagedPath(path, stagedId) });
  } catch (error) {
    // It is gone already, by somebody's hand or by its age: what was wanted.
    if (!(error instanceof AppError) || error.code !== 'SALESFORCE_NOT_FOUND') throw error;
  }
}

function firstOf(body: unknown): StagedCredentials | null {
  const parsed = collectionSchema.safeParse(body);
  if (!parsed.success) throw answerInvalid();
  const [first] = parsed.data.stagedCredentials ?? [];
  if (!first) return null;
  const { id, key, secret, state, createdDate, expirationDate } = first;
  return { id, key, secret, state, createdAt: createdDate, expiresAt: expirationDate };
}
