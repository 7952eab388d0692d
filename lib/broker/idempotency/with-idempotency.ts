import { createHash } from 'node:crypto';
import type { BrokerCall } from '@/lib/broker/call/types';
import { type Claim, type Claimed, claim, finish, release } from '@/lib/broker/idempotency/claims';
import { type KeptAnswer, keepable } from '@/lib/broker/idempotency/kept-answer';
import { rawTargetOf } from '@/lib/broker/proxy/raw-target';
import { AppError, type ErrorCode } from '@/lib/errors';
import { log } from '@/lib/log';

/** What a request that may be sent again may hold at most. */
const MOST_BYTES = 10 * 1_024 * 1_024;
const LONGEST_NAME = 255;
/** Headers that make another request of the same body. */
const TELLING = ['content-type', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];
const UNSAFE = /^(?:POST|PUT|PATCH|DELETE)$/;

/** A token that had ended, and was renewed: nothing was done, and the program is to send the request again. */
const UNAUTHORIZED = 401;

/** After these it is certain that Salesforce was asked for nothing: the same name may be used again. */
const NOTHING_SENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'POLICY_REFUSED',
  'NOT_FOUND',
  'FORBIDDEN',
  'INVALID_INPUT',
  'PAYLOAD_TOO_LARGE',
  'METHOD_NOT_ALLOWED',
  'CONNECTION_AMBIGUOUS',
  'RATE_LIMITED',
  'API_RESERVE_REACHED',
  'ENVIRONMENT_CLOSED',
  'ENVIRONMENT_DISABLED',
  'ENVIRONMENT_DELETED',
  'ENVIRONMENT_NOT_OPEN',
  'REFRESH_BUSY',
  'GRANT_ENDED',
  'GRANT_OUTCOME_UNKNOWN',
  'GRANT_APP_CHANGED',
  'GRANT_DISCONNECTED',
  'APP_BLOCKED',
]);

/**
 * Runs a write once for each `Idempotency-Key` of its API key (draft-ietf-httpapi-idempotency-key-header): the same request
 * again within 24 hours is answered as the first time, with `Idempotency-Replayed: true`. Another request under the same
 * name is IDEMPOTENCY_KEY_REUSED, the same one while the first is under way IDEMPOTENCY_IN_PROGRESS; when its end is not
 * known or its answer was too large to be kept, IDEMPOTENCY_NO_ANSWER: it is never sent again by itself. Without the header,
 * and for methods that change nothing, `work` simply runs. `body`: when the caller has read it already.
 */
export async function withIdempotency(
  call: BrokerCall,
  request: Request,
  work: () => Promise<Response>,
  body?: Uint8Array | string,
): Promise<Response> {
  const name = request.headers.get('idempotency-key');
  if (name === null || !UNSAFE.test(request.method)) return await work();
  const claimed: Claim = {
    ctx: call.ctx,
    keyId: call.key.id,
    nameHash: hashOf(nameOf(name)),
    requestHash: await hashOfRequest(request, body),
  };
  const before = await claim(claimed);
  if (before) return again(before, claimed.requestHash);
  let answer: Response;
  try {
    answer = await work();
  } catch (error) {
    await (isUnsent(error) ? quietly(release(claimed)) : quietly(finish(claimed, null)));
    throw error;
  }
  if (answer.status === UNAUTHORIZED) {
    await quietly(release(claimed));
    return answer;
  }
  const { kept, response } = await keepable(answer);
  await quietly(finish(claimed, kept));
  return response;
}

/** What the second request of a name is answered. */
function again(before: Claimed, requestHash: string): Response {
  if (before.requestHash !== requestHash) {
    throw new AppError(
      'IDEMPOTENCY_KEY_REUSED',
      'This Idempotency-Key was sent with another request before.',
      {
        nextStep: 'Use a new one for each request.',
      },
    );
  }
  if (before.answer) return replay(before.answer);
  if (before.isUnderWay) {
    throw new AppError('IDEMPOTENCY_IN_PROGRESS', 'The first request of this Idempotency-Key is under way.', {
      nextStep: 'Ask again in a moment.',
      details: { retryAfter: '1' },
    });
  }
  const isUnknown = before.status === null;
  throw new AppError(
    'IDEMPOTENCY_NO_ANSWER',
    isUnknown
      ? 'How the first request of this Idempotency-Key ended is not known: Salesforce may have done it.'
      : `The first request of this Idempotency-Key was answered with ${before.status}; the answer was too large to be kept.`,
    { nextStep: 'Look in Salesforce whether it was done. It is not sent again under this name.' },
  );
}

function replay({ status, contentType, body }: KeptAnswer): Response {
  const headers = new Headers({ 'idempotency-replayed': 'true' });
  if (contentType !== null) headers.set('content-type', contentType);
  return new Response(body === '' ? null : body, { status, headers });
}

/** A structured-field string (RFC 9651 §3.3.3), or the same without its quotation marks, as most send it. */
function nameOf(header: string): string {
  const name = header.trim();
  const bare = /^"((?:[^"\\]|\\["\\])*)"$/.exec(name)?.[1]?.replace(/\\(.)/g, '$1') ?? name;
  if (bare !== '' && bare.length <= LONGEST_NAME) return bare;
  throw new AppError('INVALID_INPUT', `An Idempotency-Key has 1 to ${LONGEST_NAME} characters.`, {
    nextStep: 'Send a UUID, for instance.',
  });
}

async function hashOfRequest(request: Request, body: Uint8Array | string | undefined): Promise<string> {
  const hash = createHash('sha256').update(`${request.method} ${rawTargetOf(request)}\n`);
  for (const name of TELLING) hash.update(`${name}: ${request.headers.get(name) ?? ''}\n`);
  if (body !== undefined) return hash.update(body).digest('base64url');
  // A copy, so that the body is there for whoever sends it.
  const reader = request.clone().body?.getReader();
  for (let bytes = 0; ; ) {
    const piece = await reader?.read();
    if (!piece || piece.done) return hash.digest('base64url');
    bytes += piece.value.byteLength;
    if (bytes > MOST_BYTES) {
      void reader?.cancel();
      throw new AppError('PAYLOAD_TOO_LARGE', 'A request with an Idempotency-Key may have 10 MB.', {
        nextStep: 'Send it in parts, or without the header.',
      });
    }
    hash.update(piece.value);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Also of what Salesforce refused: nothing was done. */
function isUnsent(error: unknown): boolean {
  if (!(error instanceof AppError) || error.details.sent === 'yes') return false;
  const { status = null } = error.salesforce ?? {};
  return NOTHING_SENT.has(error.code) || (status !== null && status >= 400 && status < 500);
}

/** The write is done or not done, whatever becomes of its note: without it the same name is answered 409. */
async function quietly(noted: Promise<void>): Promise<void> {
  await noted.catch((err: unknown) => log().error({ err }, 'the end of an idempotent request was not kept'));
}
