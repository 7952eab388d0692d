import { answerCall, type CallOptions } from '@/lib/broker/call/answer-call';
import type { BrokerCall } from '@/lib/broker/call/types';
import { belowPrefix, rawTargetOf } from '@/lib/broker/proxy/raw-target';
import { AppError } from '@/lib/errors';

/** As `answerCall`, for answers whose bytes are Salesforce's: nothing on the way may pack or change them. */
export async function answerProgram(
  request: Request,
  options: CallOptions,
  work: (call: BrokerCall) => Promise<Response>,
): Promise<Response> {
  const response = await answerCall(request, options, work);
  response.headers.set('cache-control', 'private, no-store, no-transform');
  return response;
}

const BELOW_CONNECTION = /^\/api\/v1\/connections\/[A-Za-z0-9._~-]+\/proxy(?=\/)/;
/** Where records are. Below `/services/oauth2/` and others are sessions and secrets of the grant itself. */
const OF_DATA = /^\/services\/(?:data|apexrest|async|Soap)(?:[/?]|$)/;

/**
 * The part of a request's target that is meant for Salesforce, at a connection's proxy or at the root. Throws POLICY_REFUSED
 * (`path`, `families`).
 */
export function salesforceTargetOf(request: Request, where: 'connection' | 'root'): string {
  const target = rawTargetOf(request);
  const [prefix = 'no such prefix'] = where === 'root' ? [''] : (BELOW_CONNECTION.exec(target) ?? []);
  const rest = belowPrefix(target, prefix);
  if (OF_DATA.test(rest)) return rest;
  throw new AppError('POLICY_REFUSED', 'Only the data services of Salesforce are reached through Orgdock.', {
    nextStep: 'Use /services/data, /services/apexrest, /services/async or /services/Soap.',
    details: { rule: 'families' },
  });
}
