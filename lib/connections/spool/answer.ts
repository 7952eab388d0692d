import { z } from 'zod';
import type { Spend } from '@/lib/connections/refresh/claim';
import {
  readSpoolFile,
  removeSpoolFile,
  removeSpoolFileForGood,
  writeSpoolFile,
} from '@/lib/connections/spool/spool-files';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import type { SpendResult } from '@/lib/salesforce/types';
import { open, seal } from '@/lib/vault/seal';

type Answered = Extract<SpendResult, { kind: 'answered' }>;

/** An answer of the token endpoint that has not been looked at, with what it is to be judged and stored by. */
export interface SpooledAnswer {
  spend: Spend;
  answer: Answered;
  /** The refresh token that was spent: it goes on when none came back. */
  spentToken: string;
}

const spendSchema = z.strictObject({
  connectionId: z.string(),
  grantId: z.string(),
  generation: z.number().int(),
  attemptId: z.string(),
  fence: z.number().int(),
  storesAs: z.number().int(),
  environmentId: z.string(),
  orgId: z.string(),
  userId: z.string(),
  app: z.strictObject({ tokenHost: z.string(), clientId: z.string() }),
});

const secretSchema = z.strictObject({
  answer: z.strictObject({
    kind: z.literal('answered'),
    status: z.number().int(),
    contentType: z.string().nullable(),
    body: z.string(),
  }),
  spentToken: z.string(),
});

const fileSchema = z.strictObject({ version: z.literal(1), spend: spendSchema, sealed: z.string() });

const placeOf = (attemptId: string) => ({ table: 'spool', column: 'answer', rowId: attemptId }) as const;

/**
 * Writes an answer to disk, sealed, before anybody looks at it. False: the disk does not take it, which is logged;
 * the answer then lives in memory alone until the database has it.
 */
export async function spoolAnswer({ spend, answer, spentToken }: SpooledAnswer): Promise<boolean> {
  try {
    const sealed = await seal(JSON.stringify({ answer, spentToken }), placeOf(spend.attemptId));
    await writeSpoolFile(spend.attemptId, JSON.stringify({ version: 1, spend: bare(spend), sealed }));
    return true;
  } catch (err) {
    log().error({ err, connectionId: spend.connectionId }, 'the spool did not take an answer of Salesforce');
    return false;
  }
}

/**
 * Reads a spooled answer back; null when it is gone. Throws SPOOL_DAMAGED, or the vault's errors when it was sealed
 * with a key that the ring does not hold: the file stays.
 */
export async function readSpooledAnswer(attemptId: string): Promise<SpooledAnswer | null> {
  const text = await readSpoolFile(attemptId);
  if (text === null) return null;
  const { spend, sealed } = parse(fileSchema, text, attemptId);
  if (spend.attemptId !== attemptId) throw damaged(attemptId);
  const secret = parse(secretSchema, await open(sealed, placeOf(attemptId)), attemptId);
  return { spend, ...secret };
}

/** Forgets an answer that is stored. A file that cannot be removed is found and dropped by the next replay. */
export async function forgetAnswer(attemptId: string): Promise<void> {
  try {
    await removeSpoolFile(attemptId);
  } catch (err) {
    log().error({ err, attemptId }, 'a stored answer could not be removed from the spool');
  }
}

/**
 * Takes an answer out of the spool before its token leaves again: whoever found it there meanwhile would take the token
 * for unspent. False: it may still be there, so nothing more may be sent.
 */
export async function withdrawAnswer(attemptId: string): Promise<boolean> {
  try {
    await removeSpoolFileForGood(attemptId);
    return true;
  } catch (err) {
    log().error({ err, attemptId }, 'a refusal could not be removed from the spool');
    return false;
  }
}

/** A claim has more than may be written down: its secrets and its functions. */
function bare({ app, ...spend }: Spend): Spend {
  const { connectionId, grantId, generation, attemptId, fence, storesAs, environmentId, orgId, userId } =
    spend;
  const { tokenHost, clientId } = app;
  return {
    connectionId,
    grantId,
    generation,
    attemptId,
    fence,
    storesAs,
    environmentId,
    orgId,
    userId,
    app: { tokenHost, clientId },
  };
}

function parse<T>(schema: z.ZodType<T>, text: string, attemptId: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // The parser's own words may quote what is sealed.
    throw damaged(attemptId);
  }
}

function damaged(attemptId: string): AppError {
  return new AppError('SPOOL_DAMAGED', `The spooled answer ${attemptId} cannot be read.`, {
    nextStep:
      'Keep the file. If its connection asks for a reconnect, reconnect it; then the file can be deleted.',
    details: { attemptId },
  });
}
