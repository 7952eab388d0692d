import { randomUUID } from 'node:crypto';
import type { RequestFacts } from '@/lib/context';

const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

/** Where a request came from. `x-forwarded-for` is trustworthy: server.mjs overwrites it from the socket. */
export function requestFactsOf(headers: Headers): RequestFacts {
  const requestId = headers.get('x-request-id');
  const ip = headers.get('x-forwarded-for')?.split(',')[0]?.trim();
  return {
    requestId: requestId !== null && REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    ip: ip ? ip.slice(0, 64) : null,
    userAgent: headers.get('user-agent')?.slice(0, 300) ?? null,
  };
}
