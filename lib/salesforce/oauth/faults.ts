import { AppError, type SalesforceFault } from '@/lib/errors';
import { makeFault } from '../fault';
import type { SpendResult } from '../types';
import { oauthError } from './errors';
import { type Sent, spendError } from './server';
import { parseObject } from './token-answer';

type Answered = Extract<SpendResult, { kind: 'answered' }>;
type Secrets = ReadonlyArray<string | null>;

/** Salesforce's words in an answer that is no success. A body that is no OAuth error is described, not quoted. */
export function faultOf(result: Answered, secrets: Secrets): SalesforceFault {
  const body = parseObject(result.body);
  if (typeof body?.error !== 'string' || body.error === '') {
    return makeFault({
      error: `http_${result.status}`,
      description: describeBody(result),
      status: result.status,
    });
  }
  const description = typeof body.error_description === 'string' ? body.error_description : null;
  return makeFault({ error: body.error, description, status: result.status }, secrets);
}

/**
 * Maps what a request or oauth4webapi threw to our error. oauth4webapi's own errors hold whole answers in `cause`, so
 * they never become ours: only their code is looked at.
 */
export function protocolError(error: unknown, sent: Sent, secrets: Secrets): AppError {
  if (error instanceof AppError) return error;
  const { result } = sent;
  if (result !== null && result.kind !== 'answered') return spendError(result);
  if (result !== null && result.status !== 200) return oauthError(faultOf(result, secrets));
  const check = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce’s answer did not pass Orgdock’s checks.', {
    nextStep: 'Start again. If it happens again, ask your administrator to look at the log of this time.',
    details: { check },
  });
}

function describeBody(result: Answered): string {
  if (/data not available/i.test(result.body)) return 'Data Not Available';
  if (result.body.trim() === '') return 'empty answer';
  return `answer of type ${result.contentType?.split(';')[0] ?? 'unknown'}, not an OAuth error`;
}
