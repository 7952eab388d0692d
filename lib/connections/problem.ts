import type { connections } from '@/db/schema/connections';
import { type CauseRow, causeOfRow, causeWords } from '@/lib/connections/cause/cause-words';
import type { ConnectionCause, ConnectionProblem, Health } from '@/lib/connections/types';
import { AppError, type ErrorCode, type SalesforceFault } from '@/lib/errors';
import { oauthError } from '@/lib/salesforce/oauth/errors';

/** The columns of a connection that is well. */
export const noProblem = {
  problemCode: null,
  problemError: null,
  problemDescription: null,
  problemStatus: null,
  problemAt: null,
  problemCause: null,
  problemEvidence: null,
};

/** The next step of everything that only a new consent mends. */
export const RECONNECT = 'Reconnect: consent once more as the same Salesforce user.';

/** What Orgdock says itself; everything else is Salesforce's refusal in Orgdock's words. */
const OWN_WORDS: Partial<Record<ErrorCode, { message: string; nextStep: string }>> = {
  GRANT_OUTCOME_UNKNOWN: {
    message:
      'A refresh was sent to Salesforce and its answer was lost, so the outcome is unknown. Trying again could end the grant.',
    nextStep:
      'Wait some minutes: Orgdock asks Salesforce whether the old token still counts. Or reconnect now, as the same Salesforce user.',
  },
  GRANT_ANSWER_LOST: {
    message:
      'The answer to the last refresh was lost, and Salesforce has consumed the token that was sent. Nobody has the new one.',
    nextStep: RECONNECT,
  },
  GRANT_RESTORED: {
    message:
      'Orgdock’s database was restored from a backup, and Salesforce does not count the token in it as active any more.',
    nextStep: RECONNECT,
  },
  GRANT_DISCONNECTED: { message: 'This connection was disconnected.', nextStep: RECONNECT },
  REVOCATION_UNCONFIRMED: {
    message: 'Salesforce has not confirmed that it revoked the grant.',
    nextStep:
      'Try again, or revoke it in Salesforce: your personal settings → Advanced User Details → OAuth Connected Apps.',
  },
  CONSENT_WRONG_ORG: {
    message: 'Salesforce answered the last refresh in the name of another org, so the new token is not used.',
    nextStep: 'If this is a sandbox, it may have been refreshed. Ask your administrator, then reconnect.',
  },
  CONSENT_WRONG_USER: {
    message:
      'Salesforce answered the last refresh in the name of another user, so the new token is not used.',
    nextStep: RECONNECT,
  },
  HOST_NOT_ALLOWED: {
    message: 'Salesforce named an address that Orgdock does not call, so the new token is not used.',
    nextStep: 'Ask your administrator to look at the log of this time.',
  },
  SALESFORCE_ANSWER_INVALID: {
    message:
      'Salesforce’s answer to the last refresh did not pass Orgdock’s checks, so the new token is not used.',
    nextStep: RECONNECT,
  },
};

type ProblemRow = Pick<
  typeof connections.$inferSelect,
  'problemCode' | 'problemError' | 'problemDescription' | 'problemStatus' | 'problemAt'
>;

/** The columns of a problem as an error, with Salesforce's own words. Null: no problem. */
export function errorOfRow(row: ProblemRow): AppError | null {
  if (row.problemCode === null) return null;
  const salesforce: SalesforceFault | null =
    row.problemError === null
      ? null
      : { error: row.problemError, description: row.problemDescription, status: row.problemStatus };
  return connectionError(row.problemCode as ErrorCode, salesforce);
}

/** The error of a connection that cannot serve calls, in words for its owner. */
export function connectionError(code: ErrorCode, salesforce: SalesforceFault | null): AppError {
  const own = OWN_WORDS[code];
  if (own) {
    return new AppError(code, own.message, { nextStep: own.nextStep, ...(salesforce ? { salesforce } : {}) });
  }
  if (salesforce) return oauthError(salesforce);
  return new AppError(code, 'This connection cannot be used.', { nextStep: RECONNECT });
}

/** What pages show of a problem; `at` is when it was written down. */
export function problemOf(row: ProblemRow & CauseRow): ConnectionProblem | null {
  const error = errorOfRow(row);
  return error && problemOfError(error, row.problemAt ?? new Date(0), causeOfRow(row));
}

/** What pages show of an error that came about at that time. The next step is the cause's where one is known. */
export function problemOfError(
  error: AppError,
  at: Date,
  cause: ConnectionCause | null = null,
): ConnectionProblem {
  return {
    code: error.code,
    cause,
    message: error.message,
    nextStep: cause ? causeWords(cause.code).nextStep : (error.nextStep ?? RECONNECT),
    salesforce: error.salesforce,
    at: at.toISOString(),
  };
}

interface HealthRow {
  state: typeof connections.$inferSelect.state;
  revocation: typeof connections.$inferSelect.revocation;
  leaseIsLive: boolean;
  /** Of a revocation that is queued. */
  revocationNextAt?: Date | null;
  problemCode: string | null;
}

/** The health that a state means to a person. An expired refresh is one whose outcome is unknown. */
export function healthOf(row: HealthRow): Health {
  const { state, revocation, leaseIsLive, revocationNextAt = null, problemCode } = row;
  switch (state) {
    case 'idle':
      return problemCode === null ? 'healthy' : 'app_refused';
    case 'refreshing':
      return leaseIsLive ? 'refreshing' : 'unknown';
    case 'uncertain':
      return 'unknown';
    case 'needs_reconnect':
      return 'needs_reconnect';
    case 'disconnecting':
      return revocation === 'pending' && (leaseIsLive || revocationNextAt !== null)
        ? 'revoking'
        : 'disconnected';
    case 'disconnected':
      return 'disconnected';
  }
}
