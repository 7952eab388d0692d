import type { PersonRow } from './factories';
import { makeSession } from './factories';

const PORTAL = 'http://localhost:3000';

/** A browser as route handlers see it: a cookie jar, and the headers that browsers add. */
export class Browser {
  readonly cookies = new Map<string, string>();

  /** Signs a person in without a consent. */
  async signIn(person: PersonRow): Promise<string> {
    const { encodeSessionToken } = await import('@/lib/session/token');
    const session = await makeSession(person.id);
    this.cookies.set('orgdock.session', await encodeSessionToken(session.id));
    return session.id;
  }

  get headers(): Headers {
    const headers = new Headers({ 'user-agent': 'vitest', 'x-forwarded-for': '192.0.2.1' });
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '') headers.set('cookie', cookie);
    return headers;
  }

  get(path: string): Request {
    return new Request(`${PORTAL}${path}`, { headers: this.headers });
  }

  /** A POST of JSON by a page of the portal. */
  post(path: string, body: unknown, overrides: Record<string, string> = {}): Request {
    const headers = this.headers;
    headers.set('origin', PORTAL);
    headers.set('sec-fetch-site', 'same-origin');
    headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(overrides)) headers.set(name, value);
    return new Request(`${PORTAL}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Keeps the cookies of an answer, as a browser would, and gives the answer back. */
  take(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
