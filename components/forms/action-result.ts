import { unstable_rethrow } from 'next/navigation';
import type { Problem } from '@/lib/errors';

type Refused = { ok: false; problem: Problem };

/** What a server action answers. For a form, `problem.details` holds one message per field. */
export type ActionResult = { ok: true } | Refused;

/** As `ActionResult`, of an action that brings something back. */
export type Answer<T> = { ok: true; value: T } | Refused;

/** Nothing came back from our own server. */
export const UNREACHABLE: Problem = {
  code: 'UNAVAILABLE',
  message: 'Orgdock did not answer.',
  nextStep: 'Check your network connection and try again. If it stays so, reload the page.',
  salesforce: null,
  details: {},
};

/** Runs a server action so that a lost connection is an answer, too, and the page with its input stays. */
export async function runAction<Result extends ActionResult>(
  action: () => Promise<Result>,
): Promise<Result | Refused> {
  try {
    return await action();
  } catch (error) {
    // A redirect of the action is Next's own.
    unstable_rethrow(error);
    return { ok: false, problem: UNREACHABLE };
  }
}
