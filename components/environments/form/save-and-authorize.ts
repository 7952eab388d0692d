import type { ConsentRequest, ConsentStart } from '@/components/consent/start-consent';
import type { Problem } from '@/lib/errors';

export type SaveAnswer = { ok: true; value: { slug: string } } | { ok: false; problem: Problem };

/**
 * Saves a form and, when its button says so, leads on to the consent of the person who saved it. What was saved stays
 * saved when the consent cannot begin, and the problem says so.
 */
export async function saveAndAuthorize(
  form: FormData,
  save: (form: FormData, stays: boolean) => Promise<SaveAnswer>,
  begin: (request: ConsentRequest) => Promise<ConsentStart>,
): Promise<SaveAnswer> {
  const authorizes = form.get('then') === 'authorize';
  form.delete('then');
  const saved = await save(form, authorizes);
  if (!saved.ok || !authorizes) return saved;
  const { slug } = saved.value;
  const started = await begin({ environment: slug, intent: 'connect' });
  if (started.ok) {
    window.location.assign(started.url);
    return saved;
  }
  const { problem } = started;
  const nextStep = `${problem.nextStep ?? 'Try again.'} Connect it under Connections.`;
  return { ok: false, problem: { ...problem, message: `It is saved. ${problem.message}`, nextStep } };
}
