import type { CauseId } from '@/lib/doctor/catalogue/causes';
import { PORTAL_RULES, type Rule, WORD_RULES } from '@/lib/doctor/catalogue/rules';
import type { Place } from '@/lib/doctor/types';
import type { SalesforceFault } from '@/lib/errors';

/** What is known of a failure: where it came about and who said what. */
export interface Signal {
  place: Place;
  /** Orgdock’s code. */
  code: string;
  /** Orgdock’s words; of those about hosts the reason is read. */
  message: string;
  fault: SalesforceFault | null;
}

/** The cause that the catalogue has for it; null: it knows none. */
export function findCause(signal: Signal): CauseId | null {
  const { fault } = signal;
  const said = fault && WORD_RULES.find((rule) => fits(rule, signal, fault.description ?? ''));
  return (said ?? PORTAL_RULES.find((rule) => fits(rule, signal, signal.message)))?.cause ?? null;
}

function fits({ places, error, text, status, code }: Rule, signal: Signal, words: string): boolean {
  const { fault, place } = signal;
  return (
    (places?.includes(place) ?? true) &&
    (error?.test(fault?.error.toLowerCase() ?? '') ?? true) &&
    (text?.test(words.toLowerCase()) ?? true) &&
    (status?.includes(fault?.status ?? 0) ?? true) &&
    (code?.includes(signal.code) ?? true)
  );
}

/** Salesforce’s REST codes are upper case, its OAuth errors lower; what stands before it has a status only. */
const REST_WORDS = /^[A-Z][A-Z_]+$/;
const IDENTITY_WORDS = /^(?:Bad|Missing|Wrong|Inactive)_[A-Za-z_]+$/;
const HOST_CODES = ['HOST_NOT_ALLOWED', 'HOST_UNRESOLVABLE', 'HOST_UNREACHABLE', 'TIMEOUT'];

/** Where a problem of a data call came about. The call may have failed because its refresh did. */
export function placeOfDataProblem(code: string, fault: SalesforceFault | null): Place {
  if (fault === null) return HOST_CODES.includes(code) ? 'host' : 'portal';
  if (REST_WORDS.test(fault.error) || code.startsWith('SALESFORCE_')) return 'data';
  return 'refresh';
}

/** Where a consent failed. */
export function placeOfConsentFailure(code: string, fault: SalesforceFault | null): Place {
  if (code === 'CONSENT_NEVER_CAME_BACK') return 'authorize_page';
  if (fault === null) return HOST_CODES.includes(code) ? 'host' : 'portal';
  if (fault.status === null) return 'authorize_redirect';
  const ofIdentity = ['SALESFORCE_FORBIDDEN', 'SALESFORCE_ANSWER_INVALID'].includes(code);
  return ofIdentity || IDENTITY_WORDS.test(fault.error) ? 'identity' : 'token_exchange';
}

/** Where a connection’s problem came about. */
export function placeOfConnectionProblem(code: string, fault: SalesforceFault | null): Place {
  if (code === 'REVOCATION_UNCONFIRMED') return 'revoke';
  if (fault !== null) return 'refresh';
  return HOST_CODES.includes(code) ? 'host' : 'portal';
}
