import type { ConsentRequest, ConsentStart } from '@/components/consent/start-consent';
import type { Answer } from '@/components/forms/action-result';

type Saved = Answer<{ slug: string }>;

/**
 * Saves a form and, when its button says so, leads on to the consent of the person who saved it. What was saved stays
 * saved when the consent cannot begin, and the problem says so.
 */
export async function saveAndAuthorize(
  form: FormData,
  save: (form: FormData, stays: boolean) => Promise<Saved>,
  begin: (request: ConsentRequest) => Promise<ConsentStart>,
): Promise<Saved> {
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
  const goOn = 'Go on under “Connections”: it need not be saved again.';
  const nextStep = problem.nextStep ? `${problem.nextStep} ${goOn}` : goOn;
  return {
    ok: false,
    problem: { ...problem, message: `The environment is saved. ${problem.message}`, nextStep },
  };
}
