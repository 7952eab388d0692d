import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import type { PersonContext, RequestFacts } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { safeCallbackPath } from '@/lib/session/callback-path';
import { findSession } from '@/lib/session/queries';
import { readCookie, sessionCookieName } from '@/lib/session/request/cookies';
import { recordRefusal } from '@/lib/session/request/record-refusal';
import { requestFactsOf } from '@/lib/session/request/request-facts';
import { decodeSessionToken } from '@/lib/session/token';

const FRESH_MILLISECONDS = 10 * 60 * 1000;

/** The signed-in person of these request headers, or null. For code that has the request in hand. */
export async function contextOf(requestHeaders: Headers): Promise<PersonContext | null> {
  const sessionId = await decodeSessionToken(readCookie(requestHeaders, sessionCookieName()));
  return sessionId ? findSession(sessionId, requestFactsOf(requestHeaders)) : null;
}

/** Where the current request comes from. */
export async function requestFacts(): Promise<RequestFacts> {
  return requestFactsOf(await headers());
}

/** The signed-in person of the current request, or null. One look-up per request. */
export const getContext = cache(async (): Promise<PersonContext | null> => contextOf(await headers()));

/** The signed-in person; anybody else is sent to sign in and comes back to this path (307). */
export async function requireContext(): Promise<PersonContext> {
  const ctx = await getContext();
  if (ctx) return ctx;
  const path = await requestPath();
  // `/` is where a sign-in without a callback ends anyway, or at the one healthy connection.
  redirect(path === '' || path === '/' ? '/sign-in' : `/sign-in?callbackUrl=${encodeURIComponent(path)}`);
}

/** The signed-in admin; other persons get 403. */
export async function requireAdmin(): Promise<PersonContext> {
  const ctx = await requireContext();
  if (ctx.role !== 'admin') return refusePage(ctx, 'needs the role admin');
  return ctx;
}

/** The signed-in admin or auditor; other persons get 403. */
export async function requireCustodian(): Promise<PersonContext> {
  const ctx = await requireContext();
  if (ctx.role !== 'admin' && ctx.role !== 'auditor') return refusePage(ctx, 'needs the role auditor');
  return ctx;
}

/** Answers a page with 403 and notes it in the audit log, which nobody fills by asking again and again. */
export async function refusePage(ctx: PersonContext, reason: string): Promise<never> {
  await recordRefusal(ctx, await requestPath(), reason);
  forbidden();
}

/** The path that the current request asks for, of a page or of the page that an action was called on. */
export async function requestPath(): Promise<string> {
  return safeCallbackPath((await headers()).get('x-orgdock-path')) ?? '';
}

/** Whether this session proved who it is within the last 10 minutes. A plain sign-in is no proof. */
export function isFresh(ctx: PersonContext): boolean {
  return Date.now() - ctx.authenticatedAt.getTime() <= FRESH_MILLISECONDS;
}

/** Refuses when the last proof is older than 10 minutes: revoking and secrets ask for a fresh sign-in. */
export function requireFresh(ctx: PersonContext): void {
  if (isFresh(ctx)) return;
  throw new AppError('FRESH_SIGN_IN_REQUIRED', 'This needs a sign-in of the last 10 minutes.', {
    nextStep: 'Confirm who you are, then do it again.',
  });
}
