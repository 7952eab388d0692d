import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { dataRequest } from '@/lib/egress/request';
import type { Candidate, HostCheck, HostOutcome } from '@/lib/environments/host/types';
import { AppError, type ErrorCode } from '@/lib/errors';

const DOCUMENT = '/.well-known/openid-configuration';
const TIMEOUT_MS = 10_000;
/** An org's document has some four kilobytes. */
const MAX_BYTES = 256 * 1024;

const documentSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
});

const OUTCOMES: Partial<Record<ErrorCode, HostOutcome>> = {
  HOST_UNRESOLVABLE: 'unresolvable',
  HOST_NOT_ALLOWED: 'private',
  SALESFORCE_ANSWER_INVALID: 'no_document',
};

/**
 * Asks a host for its OpenID document, over the guarded way out: DNS, a public address, TLS, no redirect followed, 10 s.
 * Everything that goes wrong is an outcome; throws only what is no `AppError`.
 */
export async function probeHost(candidate: Candidate): Promise<HostCheck> {
  const origin = new URL(candidate.origin);
  try {
    const answer = await dataRequest({ origin, path: DOCUMENT, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    const target = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
    if (target !== undefined) return moved(candidate, absolute(target, origin), 'It redirects to');
    return readDocument(candidate, answer.status, answer.text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const certificate = error.code === 'HOST_UNREACHABLE' && error.message.includes('certificate');
    const outcome = certificate ? 'certificate' : (OUTCOMES[error.code] ?? 'unreachable');
    return { ...candidate, outcome, evidence: error.message, movedTo: null };
  }
}

function readDocument(candidate: Candidate, status: number, text: string): HostCheck {
  const none = (evidence: string): HostCheck => ({
    ...candidate,
    outcome: 'no_document',
    evidence,
    movedTo: null,
  });
  if (status !== 200) return none(`It answers with HTTP ${status} where an org has its OpenID document.`);
  const parsed = documentSchema.safeParse(parseJson(text));
  if (!parsed.success) return none('It answers, but not with the OpenID document of a Salesforce org.');
  const { issuer, token_endpoint, authorization_endpoint } = parsed.data;
  if (originIn(issuer) !== candidate.origin) return moved(candidate, issuer, 'Its document is of');
  const elsewhere = [token_endpoint, authorization_endpoint].find(
    (url) => originIn(url) !== candidate.origin,
  );
  if (elsewhere !== undefined) return none('Its OpenID document names another host for logging in.');
  const evidence = `It answers as the org ${issuer}.`;
  return { ...candidate, outcome: 'found', evidence, movedTo: null };
}

function moved(candidate: Candidate, target: string, words: string): HostCheck {
  const movedTo = originIn(target);
  const shown = movedTo ?? 'an address that Orgdock does not call';
  return { ...candidate, outcome: 'moved', evidence: `${words} ${shown}.`, movedTo };
}

function absolute(target: string, base: URL): string {
  return URL.canParse(target, base) ? new URL(target, base).href : target;
}

/** Null: an address that Orgdock does not call. */
function originIn(url: string): string | null {
  try {
    return checkOrigin(url).origin;
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
