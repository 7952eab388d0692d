import { wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { PersonContext } from '@/lib/context';
import type { Comparison } from '@/lib/doctor/types';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { readCallbackUrls } from '@/lib/provisioning/drift/queries';

/**
 * The callback URL that Orgdock sends beside those that the app lists, where that is what failed; null: it is not. Only
 * staff see what was read from the org.
 */
export async function compareCallback(
  ctx: PersonContext | null,
  causeId: string,
  environment: { id: string; slug: string },
): Promise<Comparison | null> {
  if (causeId !== 'redirect_uri_mismatch' && causeId !== 'redirect_uri_missing') return null;
  const read = ctx && ctx.role !== 'member' ? await readCallbackUrls(ctx, environment.id) : null;
  return {
    label: 'Callback URL',
    ours: { name: 'Orgdock sends', value: redirectUriOf(environment.slug) },
    theirs: {
      name: read ? `The app listed on ${wordsOfTime(read.observedAt)}` : 'The app lists',
      values: read?.callbackUrls ?? null,
      hint: 'Salesforce does not tell. The app’s OAuth settings in Setup show it.',
    },
  };
}
