'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionResult } from '@/components/forms/action-result';
import { closeReview, startReview } from '@/lib/custody/access-review/commands';
import { decideGrants } from '@/lib/custody/access-review/decide';
import { personAction } from '@/lib/session/action';

/** Starts a review of one environment or of all, and opens its page. */
export async function startReviewAction(form: FormData): Promise<ActionResult> {
  const result = await personAction({ role: 'admin' }, (ctx) => {
    const slug = String(form.get('environment') ?? '');
    return startReview(ctx, slug === '' ? null : slug);
  });
  if (!result.ok) return result;
  redirect(`/admin/connections/reviews/${result.value}`);
}

/** Keeps or revokes grants of a review; revoking asks for a fresh sign-in. Answers how many, and what was left as it is. */
export async function decideGrantsAction(
  reviewId: string,
  input: { decision: string; connectionIds: string[]; note: string },
) {
  return personAction({ role: 'admin', fresh: input?.decision !== 'keep' }, async (ctx) => {
    const report = await decideGrants(ctx, { ...input, reviewId: String(reviewId) });
    revalidatePath('/admin/connections', 'layout');
    return report;
  });
}

/** Closes a review with as many undecided grants as its page showed. */
export async function closeReviewAction(id: string, undecided: unknown): Promise<ActionResult> {
  return personAction({ role: 'admin' }, async (ctx) => {
    await closeReview(ctx, { id: String(id), undecided });
    revalidatePath('/admin/connections', 'layout');
  });
}
