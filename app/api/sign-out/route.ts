import { answer, json } from '@/lib/session/api';
import { requireSameOrigin } from '@/lib/session/request/same-origin';
import { signOut } from '@/lib/session/sign-out';

/** Ends the session of this browser. Signed out already is fine too. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    requireSameOrigin(request.method, request.headers);
    return json({ location: '/sign-in' }, { headers: { 'set-cookie': await signOut(request.headers) } });
  });
}
