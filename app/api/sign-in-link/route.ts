import { signInByLink } from '@/lib/consent/sign-in-by-link';
import { answer, json, readJson } from '@/lib/session/api';
import { requireSameOrigin } from '@/lib/session/request/same-origin';

/** Spends a sign-in link. A POST, because mail scanners open links. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    requireSameOrigin(request.method, request.headers);
    const { location, setCookie } = await signInByLink(await readJson(request), request.headers);
    return json({ location }, { headers: { 'set-cookie': setCookie } });
  });
}
