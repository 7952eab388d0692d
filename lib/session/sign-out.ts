import { AppError } from '@/lib/errors';
import { endSession } from '@/lib/session/commands';
import { contextOf } from '@/lib/session/context';
import { sessionCookieName, setCookieHeader } from '@/lib/session/request/cookies';

/** Ends the session of these request headers, if there is one. Returns the `Set-Cookie` value that removes its cookie. */
export async function signOut(requestHeaders: Headers): Promise<string> {
  const ctx = await contextOf(requestHeaders);
  if (ctx) {
    await endSession(ctx, ctx.sessionId).catch((error: unknown) => {
      // Ended from another tab meanwhile: signed out all the same.
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
    });
  }
  return setCookieHeader(sessionCookieName(), '', 0);
}
