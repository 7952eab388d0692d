import { startLinkConsent } from '@/lib/consent/links/start';
import { answer, json, readJson } from '@/lib/session/api';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

/** Goes on from a connect link to Salesforce, for somebody without an account. A POST, because previews open links. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    requireSameOrigin(request.method, request.headers);
    const { url, setCookie } = await startLinkConsent(await readJson(request), request.headers);
    return json({ url }, { headers: { 'set-cookie': setCookie } });
  });
}
