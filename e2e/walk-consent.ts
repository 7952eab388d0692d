import type { APIResponse, BrowserContext } from '@playwright/test';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';

/** What a button of the portal posts to begin a consent. */
export interface ConsentRequest {
  environment: string;
  intent: 'sign_in' | 'connect';
}

/**
 * Walks a whole consent with the cookies of a browser, and draws none of the pages: the portal and Salesforce see what
 * they see of a person. The path to which the portal leads in the end.
 */
export async function walkConsent(
  browser: BrowserContext,
  { portal, body, username }: { portal: string; body: ConsentRequest; username: string },
): Promise<string> {
  const { request } = browser;
  const headers = { origin: portal, 'sec-fetch-site': 'same-origin' };
  const begun = await request.post(`${portal}/api/consent`, { headers, data: body });
  if (!begun.ok()) throw new Error(`The consent did not begin: ${begun.status()} ${await begun.text()}`);
  const { url } = (await begun.json()) as { url: string };

  /** Follows redirects to a page: one of Salesforce's, or the path of one of the portal. */
  const follow = async (first: APIResponse): Promise<URL> => {
    let answer = first;
    for (;;) {
      const { location } = answer.headers();
      if (location === undefined) return new URL(answer.url());
      const next = new URL(location, answer.url());
      if (next.origin === portal && !next.pathname.startsWith('/api/')) return next;
      answer = await request.get(next.href, { maxRedirects: 0 });
    }
  };
  const submit = async (address: string, form: Record<string, string>) =>
    follow(await request.post(address, { form, maxRedirects: 0 }));

  let at = await follow(await request.get(url, { maxRedirects: 0 }));
  if (at.pathname === '/login') {
    const startURL = at.searchParams.get('startURL') ?? '';
    at = await submit(`${at.origin}/login`, { username, password: DEMO_PASSWORD, startURL });
  }
  if (at.origin !== portal) {
    const source = at.searchParams.get('source') ?? '';
    at = await submit(at.origin + at.pathname, { source, decision: 'allow' });
  }
  const wentWrong = at.origin !== portal || /^\/(?:consent|sign-in)/.test(at.pathname);
  if (wentWrong) throw new Error(`The consent led to ${at.origin}${at.pathname}.`);
  return `${at.pathname}${at.search}`;
}
