import { startConsent } from '@/lib/consent/start';
import { answer, json, readJson } from '@/lib/session/api';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

/** Begins a consent; the page then goes to `url` by script, as `form-action 'self'` stops a redirected form. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    requireSameOrigin(request.method, request.headers);
    const { url, setCookie } = await startConsent(await readJson(request), request.headers);
    return json({ url }, { headers: { 'set-cookie': setCookie } });
  });
}
