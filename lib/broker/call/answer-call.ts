import { randomUUID } from 'node:crypto';
import { answerHeaders } from '@/lib/broker/call/answer-headers';
import { endCall } from '@/lib/broker/call/end-call';
import { noteRefusal } from '@/lib/broker/call/note-refusal';
import { OpenCall } from '@/lib/broker/call/open-call';
import { answerProblem, type Dialect } from '@/lib/broker/call/problem';
import type { BrokerCall } from '@/lib/broker/call/types';
import { watchBody } from '@/lib/broker/call/watch-body';
import { authenticate } from '@/lib/broker/keys/authenticate';
import type { RequestFacts } from '@/lib/context';
import { AppError, isDenial, toProblem } from '@/lib/errors';
import { type LimitState, measureAgainst } from '@/lib/limits/count';
import { LIMITS } from '@/lib/limits/limits';
import { log } from '@/lib/log';
import { requestFactsOf } from '@/lib/session/request/request-facts';

export interface CallOptions {
  /** What the call is called in the usage log: `proxy`, `query`, `named_query`, `record`, `token`, … */
  operation: string;
  /** Left out: `problem`. */
  dialect?: Dialect;
}

/**
 * The one way through which every route of the broker answers: finds the key and its owner, keeps to the limits, runs
 * `work`, answers its errors in the route's dialect, and writes the call down when the last byte of its answer has left.
 * Never throws.
 */
export async function answerCall(
  request: Request,
  { operation, dialect = 'problem' }: CallOptions,
  work: (call: BrokerCall) => Promise<Response>,
): Promise<Response> {
  const began = performance.now();
  const facts: RequestFacts = { ...requestFactsOf(request.headers), requestId: randomUUID() };
  let call: OpenCall | null = null;
  let limit: LimitState | null = null;
  let answer: Response;
  let error: unknown = null;
  try {
    call = new OpenCall(await authenticate(request.headers, facts), operation);
    limit = await measureAgainst('api_key', call.key.id);
    await call.admit();
    answer = await work(call);
  } catch (thrown) {
    error = thrown;
    if (call) limit ??= emptied(thrown);
    answer = await answerError(thrown, { call, dialect, requestId: facts.requestId });
  }
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(headersOf(call, limit, facts.requestId)))
    headers.set(name, value);
  const { status, statusText } = answer;
  const end = (outcome: { bytes: number; error: unknown }) => {
    if (call) endCall(call, { request, status, began, bytes: outcome.bytes, error: outcome.error ?? error });
  };
  const body = answer.body && watchBody(answer.body, end);
  if (!body) end({ bytes: 0, error: null });
  return new Response(body, { status, statusText, headers });
}

/** Of a key that has used its limit up; null: the error says nothing of it. */
function emptied(error: unknown): LimitState | null {
  if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') return null;
  return { ...LIMITS.api_key, remaining: 0, resetSeconds: Number(error.details.retryAfter) };
}

function headersOf(call: OpenCall | null, limit: LimitState | null, requestId: string) {
  const day = call && { policy: call.key.policy, calls: call.today.calls + call.counted.calls, at: call.at };
  const { cost = null, budget = null } = call?.facts ?? {};
  return answerHeaders({ requestId, limit, day, cost: call && (cost ?? 0), budget });
}

async function answerError(
  error: unknown,
  { call, dialect, requestId }: { call: OpenCall | null; dialect: Dialect; requestId: string },
): Promise<Response> {
  const problem = toProblem(error);
  if (problem.code === 'INTERNAL') log().error({ err: error, requestId }, 'unexpected error');
  if (call && isDenial(problem.code)) {
    const { connectionId = null } = call.facts;
    const { code: rule, message: reason } = problem;
    await noteRefusal(call.ctx, { rule, reason, operation: call.operation, connectionId });
  }
  return answerProblem(problem, dialect, requestId);
}
