import type { BrokerCall } from '@/lib/broker/call/types';
import type { Understood } from '@/lib/broker/policy/types';
import { spendGiven } from '@/lib/broker/proxy/answers/answer-read';
import { holdAnswer } from '@/lib/broker/proxy/answers/held-answer';
import { passOn } from '@/lib/broker/proxy/answers/pass-on';
import { operationOf, writtenIds, writtenObject } from '@/lib/broker/proxy/answers/written-records';
import type { ReadableConnection } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import type { ProxiedAnswer } from '@/lib/salesforce/proxy/send';

/** A write that was sent. */
export interface SentWrite {
  connection: ReadableConnection;
  what: Understood;
  target: string;
}

/** Passes the answer to a write on, once the audit log says what was written. */
export async function answerWrite(
  call: BrokerCall,
  write: SentWrite,
  answer: ProxiedAnswer,
): Promise<Response> {
  const { status } = answer;
  const { family } = write.what;
  if (family !== null || status < 200 || status > 299) {
    await auditWrite(call, write, { status, recordIds: [] });
    return passOn(answer, answer.body);
  }
  const { bytes, json } = await holdAnswer(answer).catch(async (error: unknown) => {
    // It was done, whatever became of the rest of the answer.
    await auditWrite(call, write, { status, recordIds: writtenIds(write.target, null) });
    throw error;
  });
  await auditWrite(call, write, { status, recordIds: writtenIds(write.target, json) });
  // A composite call may read as well.
  if (write.what.touches.some(({ operation }) => operation === 'query' || operation === 'read')) {
    await spendGiven(call, write.connection, write.what, json).catch(afterWriting);
  }
  return passOn(answer, bytes);
}

/** What a call writes is done, also when the key may not be given what it reads: under its name it is never sent again. */
function afterWriting(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const { code, message, salesforce, details } = error;
  throw new AppError(code, `${message} What the call writes was done.`, {
    nextStep: 'Do not send the call again. Read in calls of their own.',
    details: { ...details, sent: 'yes' },
    ...(salesforce && { salesforce }),
  });
}

/** Of a write for which no answer came: status 0. It may have been done. */
export async function auditLostWrite(call: BrokerCall, write: SentWrite): Promise<void> {
  await auditWrite(call, write, { status: 0, recordIds: writtenIds(write.target, null) });
}

async function auditWrite(
  call: BrokerCall,
  { connection, what: { touches, family } }: SentWrite,
  outcome: { status: number; recordIds: string[] },
): Promise<void> {
  await call.auditWrite(connection, {
    operation: family === null ? operationOf(touches) : 'other',
    sobject: writtenObject(touches),
    ...outcome,
  });
}
