import type { PersonContext, Role } from '@/lib/context';
import { AppError, isDenial, type Problem, problemStatus, toProblem } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { log } from '@/lib/log';
import { contextOf } from '@/lib/session/context';
import { recordRefusal } from '@/lib/session/request/record-refusal';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

const NO_STORE = { 'cache-control': 'private, no-store' };

/** A JSON answer that no cache keeps. */
export function json(body: unknown, init: { status?: number; headers?: HeadersInit } = {}): Response {
  const headers = new Headers(init.headers);
  headers.set('cache-control', NO_STORE['cache-control']);
  return Response.json(body, { status: init.status ?? 200, headers });
}

/** An error as a route answers it: `{problem}` with its status. Unexpected ones are logged. */
export function problemResponse(error: unknown, request: Request): Response {
  const problem: Problem = toProblem(error);
  if (problem.code === 'INTERNAL') {
    log().error({ err: error, requestId: requestFactsOf(request.headers).requestId }, 'unexpected error');
  }
  const { retryAfter } = problem.details;
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return json({ problem }, { status: problemStatus(problem), headers });
}

/**
 * An error of a route that browsers visit as a page, in words at the same address, so that reloading tries again.
 * For what no page can explain, such as a database that does not answer.
 */
export function textProblem(error: unknown, request: Request): Response {
  const problem = toProblem(error);
  const { requestId } = requestFactsOf(request.headers);
  log().error({ err: error, requestId }, 'a page could not be answered');
  const text = [problem.message, problem.nextStep ?? 'Reload this page in a moment.', `Request ${requestId}`];
  return new Response(`${text.join('\n')}\n`, {
    status: problemStatus(problem),
    headers: { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** The person behind an API request: same origin for unsafe methods, else FORBIDDEN; UNAUTHENTICATED (401) when signed out,
 * RATE_LIMITED (429). */
export async function requireApiContext(request: Request, role?: Role): Promise<PersonContext> {
  requireSameOrigin(request.method, request.headers);
  const ctx = await contextOf(request.headers);
  if (!ctx) {
    throw new AppError('UNAUTHENTICATED', 'You are signed out.', { nextStep: 'Sign in and try again.' });
  }
  await countAgainst('person', ctx.personId);
  if (role && ctx.role !== role) throw new AppError('FORBIDDEN', `This needs the role ${role}.`);
  return ctx;
}

/** Runs a route handler's work and answers every error as a problem. */
export async function answer(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && isDenial(error.code)) await noteRefusal(error, request);
    return problemResponse(error, request);
  }
}

async function noteRefusal({ message }: AppError, request: Request): Promise<void> {
  const ctx = await contextOf(request.headers);
  if (ctx) await recordRefusal(ctx, new URL(request.url).pathname, message);
}

/** The JSON body of a request, at most `limit` bytes; of a longer one no more is read. Throws INVALID_INPUT. */
export async function readJson(request: Request, limit = 10_000): Promise<unknown> {
  const invalid = new AppError('INVALID_INPUT', 'The request body is not the JSON that was expected.');
  if (!request.headers.get('content-type')?.startsWith('application/json')) throw invalid;
  const bytes = await readBytes(request, limit);
  if (bytes === null) throw invalid;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalid;
  }
}

async function readBytes(request: Request, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return Buffer.concat(chunks);
    size += piece.value.length;
    if (size > limit) {
      await reader?.cancel();
      return null;
    }
    chunks.push(piece.value);
  }
}
