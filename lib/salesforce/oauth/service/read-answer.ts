import type { SalesforceFault } from '@/lib/errors';
import type { ServiceOutcome, SpendResult, TokenAnswer } from '../../types';
import { faultOf } from '../faults';
import { lostFault, readSuccess } from '../refresh';
import { spendError } from '../server';
import { parseObject, readTokenBody } from '../token-answer';

/** Salesforce refuses the app as a whole, or the portal's network address. A flow that is off concerns this flow only. */
const APP_FAULT =
  /^(?:invalid_client|invalid_client_id|unauthorized_client|inactive_org|app_not_found|oauth_ec_app_not_found|ecapp_policy_not_found|(?:oauth_|fail_close_)?app_blocked)$/;
const LATER =
  /^(?:server_error|service_unavailable|temporarily_unavailable|system_down|slow_down|unknown_error)$/;

/**
 * Reads the answer to a token request without a person. Nothing was consumed, so whatever is neither a success nor a
 * clear word of the token endpoint is simply asked again later.
 */
export function readServiceAnswer(
  result: SpendResult,
  expected: Pick<TokenAnswer, 'orgId' | 'userId'> | null,
  secrets: ReadonlyArray<string | null>,
): ServiceOutcome {
  if (result.kind === 'unsent') return { kind: 'unsent', error: spendError(result) };
  if (result.kind === 'lost') return { kind: 'retry_later', fault: lostFault(result.reason) };
  const tokens = result.status === 200 ? readTokenBody(result.body) : null;
  if (tokens?.access_token) return readSuccess(tokens, expected);
  const fault = faultOf(result, secrets);
  const isWord = typeof parseObject(result.body)?.error === 'string';
  return { kind: isWord && [400, 401, 403].includes(result.status) ? kindOf(fault) : 'retry_later', fault };
}

function kindOf({ error, description }: SalesforceFault): 'retry_later' | 'refused' | 'app_fault' {
  const [word, text] = [error.toLowerCase(), (description ?? '').toLowerCase()];
  if (LATER.test(word) || /already being processed/.test(text)) return 'retry_later';
  return APP_FAULT.test(word) || /ip.?restricted/.test(text) ? 'app_fault' : 'refused';
}
