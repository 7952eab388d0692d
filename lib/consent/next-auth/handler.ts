import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import type { ConsentFlow } from '@/lib/consent/next-auth/flow';
import { consentAuthOptions } from '@/lib/consent/next-auth/provider';

export interface NextAuthAnswer {
  /** Path or URL that next-auth would send the browser to. */
  location: string | null;
  /** `Set-Cookie` header values. */
  cookies: string[];
}

/**
 * Runs next-auth's callback for one consent. It is handed `code` and `state` and nothing else of the request: no
 * cookie, no other parameter, no header, so that nothing a browser adds can reach it.
 */
export async function runNextAuth(
  flow: ConsentFlow,
  query: { code: string; state: string },
): Promise<NextAuthAnswer> {
  const slug = flow.attempt.environment.slug;
  const answer: NextAuthAnswer = { location: null, cookies: [] };
  const request = {
    method: 'GET',
    query: { nextauth: ['callback', slug], ...query },
    cookies: {},
    headers: {},
    body: undefined,
  };
  const response = {
    status: () => response,
    getHeader: (name: string) => (name.toLowerCase() === 'set-cookie' ? answer.cookies : undefined),
    setHeader: (name: string, value: string | string[]) => {
      if (name.toLowerCase() === 'set-cookie') answer.cookies = [value].flat();
      if (name.toLowerCase() === 'location') answer.location = String(value);
      return response;
    },
    json: () => undefined,
    send: () => undefined,
    end: () => undefined,
  };
  // The shape of next-auth's handler for API routes: it touches only what is given above.
  await NextAuth(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    consentAuthOptions(flow),
  );
  return answer;
}
