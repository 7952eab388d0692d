import { type NextRequest, NextResponse } from 'next/server';

/** Headers only: no redirects, no gates, no database. Every page and route asks who is there by itself. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const requestId = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce);

  // `set` also overwrites what a client sent under these names.
  const requestHeaders = new Headers(request.headers);
  requestHeaders.set('x-nonce', nonce);
  requestHeaders.set('x-request-id', requestId);
  requestHeaders.set('x-orgdock-path', pathOf(request));
  // Next reads the nonce for its own scripts from here.
  requestHeaders.set('content-security-policy', policy);

  const response = NextResponse.next({ request: { headers: requestHeaders } });
  const secure =
    request.headers.get('x-forwarded-proto') === 'https' || request.nextUrl.protocol === 'https:';
  const headers = { ...securityHeaders(policy, secure), ...linkHeaders(request.nextUrl.pathname) };
  if (CONNECT_LINK.test(request.nextUrl.pathname))
    response.headers.set('set-cookie', markOf(request, secure));
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  response.headers.set('x-request-id', requestId);
  return response;
}

/** Programs are answered without: their routes write their own headers, and nothing on the way keeps a copy of a body. */
export const config = { matcher: '/((?!_next/static|_next/image|api/v1/|services/).*)' };

function pathOf(request: NextRequest): string {
  const query = new URLSearchParams(request.nextUrl.search);
  // Next's own mark of a client-side navigation is no part of the page's address.
  query.delete('_rsc');
  const search = query.toString();
  return search === '' ? request.nextUrl.pathname : `${request.nextUrl.pathname}?${search}`;
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  const directives = [
    "default-src 'self'",
    // React's development build evaluates code to show server stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

const CONNECT_LINK = /^\/connect\/odl_[A-Za-z0-9_-]{43}$/;
const MARK = /^[A-Za-z0-9_-]{43}$/;
/** As long as a connect link may live. */
const MARK_SECONDS = 7 * 24 * 60 * 60;

/**
 * Tells the browser apart that opens a connect link, before it goes on: then the link is bound to this mark. A page
 * cannot set a cookie; whatever is wrong with this one, going on sets it again.
 */
function markOf(request: NextRequest, secure: boolean): string {
  const name = secure ? '__Host-orgdock.attempt' : 'orgdock.attempt';
  const given = request.cookies.get(name)?.value ?? '';
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
  const mark = MARK.test(given) ? given : random;
  return `${name}=${mark}; Path=/; Max-Age=${MARK_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The address of a page for people without an account is its key: it goes to no other site and no search engine. */
function linkHeaders(pathname: string): Record<string, string> {
  if (!/^\/(?:approve|connect)\//.test(pathname)) return {};
  return { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' };
}

function securityHeaders(policy: string, secure: boolean): Record<string, string> {
  return {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}
