import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { PersonContext, Role } from '@/lib/context';
import { AppError, isDenial, type Problem, toProblem } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { log } from '@/lib/log';
import { getContext, requestPath, requireFresh } from '@/lib/session/context';
import { recordRefusal } from '@/lib/session/request/record-refusal';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface ActionGate {
  role?: Role;
  /** Ask for a sign-in of the last 10 minutes. */
  fresh?: boolean;
}

async function report<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    requireSameOrigin('POST', await headers());
    return { ok: true, value: await work() };
  } catch (error) {
    // redirect(), notFound() and forbidden() are thrown by Next and belong to it.
    unstable_rethrow(error);
    const problem = toProblem(error);
    if (isDenial(problem.code)) await noteRefusal(problem);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'unexpected error in an action');
    return { ok: false, problem };
  }
}

async function noteRefusal({ message }: Problem): Promise<void> {
  const ctx = await getContext();
  if (ctx) await recordRefusal(ctx, await requestPath(), message);
}

/** The frame of every server action: origin, session, role, freshness; errors come back as a `Problem`. */
export function personAction<T>(
  gate: ActionGate,
  work: (ctx: PersonContext) => Promise<T>,
): Promise<ActionResult<T>> {
  return report(async () => {
    const ctx = await getContext();
    if (!ctx) {
      throw new AppError('UNAUTHENTICATED', 'You are signed out.', { nextStep: 'Sign in and try again.' });
    }
    await countAgainst('person', ctx.personId);
    if (gate.role && ctx.role !== gate.role)
      throw new AppError('FORBIDDEN', `This needs the role ${gate.role}.`);
    if (gate.fresh) requireFresh(ctx);
    return work(ctx);
  });
}

/** The frame of an action that anybody may call, such as those of set-up: origin only. */
export function publicAction<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  return report(work);
}
