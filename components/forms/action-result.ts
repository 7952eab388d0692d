import { unstable_rethrow } from 'next/navigation';
import type { Problem } from '@/lib/errors';

/** What a server action answers. For a form, `problem.details` holds one message per field. */
export type ActionResult = { ok: true } | { ok: false; problem: Problem };

/** Nothing came back from our own server. */
export const UNREACHABLE: Problem = {
  code: 'UNAVAILABLE',
  message: 'Orgdock did not answer.',
  nextStep: 'Check your network connection and try again. If it stays so, reload the page.',
  salesforce: null,
  details: {},
};

/** Runs a server action so that a lost connection is an answer, too, and the page with its input stays. */
export async function runAction(action: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await action();
  } catch (error) {
    // A redirect of the action is Next's own.
    unstable_rethrow(error);
    return { ok: false, problem: UNREACHABLE };
  }
}
