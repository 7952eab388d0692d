import { startProviderSignIn } from '@/lib/consent/provider/start';
import { answer, json, readJson } from '@/lib/session/api';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

/** Begins a sign-in through an identity provider; the page then goes to `url` by script, as for a consent. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    requireSameOrigin(request.method, request.headers);
    const { url, setCookie } = await startProviderSignIn(await readJson(request), request.headers);
    return json({ url }, { headers: { 'set-cookie': setCookie } });
  });
}
