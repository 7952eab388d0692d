import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { config, proxy } from './proxy';

function send(
  url = 'http://localhost:3000/admin/environments?x=1&_rsc=abc',
  headers: Record<string, string> = {},
) {
  return proxy(new NextRequest(url, { headers }));
}

/** A request header as the page will see it. */
const passedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

describe('the proxy', () => {
  it('stands before every page and route of people, and before none of programs', () => {
    const matches = (path: string) => new RegExp(`^${config.matcher}$`).test(path);
    for (const path of ['/', '/api/connections/1/rows', '/api/v10', '/admin/services', '/api/health']) {
      expect(matches(path), path).toBe(true);
    }
    for (const path of ['/api/v1/connections', '/services/data/v66.0/query', '/_next/static/a.js']) {
      expect(matches(path), path).toBe(false);
    }
  });

  it('gives every answer a nonce of its own, which the page sees too', () => {
    const [first, second] = [send(), send()];
    const nonce = passedOn(first, 'x-nonce');
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(passedOn(second, 'x-nonce')).not.toBe(nonce);
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic';`);
    expect(passedOn(first, 'content-security-policy')).toBe(policy);
  });

  it('sends the whole policy, and no unsafe script source', () => {
    const policy = send().headers.get('content-security-policy') ?? '';
    const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part]));
    expect(directives.get('form-action')).toBe("form-action 'self'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(directives.get('base-uri')).toBe("base-uri 'none'");
    expect(directives.get('object-src')).toBe("object-src 'none'");
    expect(directives.get('style-src-attr')).toBe("style-src-attr 'unsafe-inline'");
    expect(directives.get('style-src-elem')).toMatch(/^style-src-elem 'self' 'nonce-[^']+'$/);
    expect(directives.get('script-src')).not.toMatch(/unsafe/);
    expect(directives.get('connect-src')).toBe("connect-src 'self'");
  });

  it('keeps the address of a link for Salesforce administrators from other sites and search engines', () => {
    const { headers } = send('http://localhost:3000/approve/token');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(send().headers.get('x-robots-tag')).toBeNull();
  });

  it('marks the browser that opens a connect link, keeps its mark, and sets no other cookie', () => {
    const link = `http://localhost:3000/connect/odl_${'a'.repeat(43)}`;
    const form = /^orgdock\.attempt=([A-Za-z0-9_-]{43}); Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/;
    const [first, second] = [send(link), send(link)].map(({ headers }) => headers.get('set-cookie') ?? '');
    expect(first).toMatch(form);
    expect(second).not.toBe(first);
    const mark = form.exec(first ?? '')?.[1] ?? '';
    const cookie = (value: string) => send(link, { cookie: `orgdock.attempt=${value}` }).headers;
    expect(cookie(mark).get('set-cookie')).toBe(first);
    expect(cookie('short').get('set-cookie')).toMatch(form);
    const secure = send(link, { 'x-forwarded-proto': 'https' }).headers.get('set-cookie');
    expect(secure).toMatch(/^__Host-orgdock\.attempt=[^;]{43}; Path=\/; .*; Secure$/);
    expect(send(link).headers.get('referrer-policy')).toBe('no-referrer');
    for (const path of ['/', '/connect/uat', '/connect/done/x', '/connections/new/uat']) {
      expect(send(`http://localhost:3000${path}`).headers.get('set-cookie')).toBeNull();
    }
  });

  it('sends the other security headers; HSTS over https only', () => {
    const { headers } = send();
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toBeNull();
    const secure = send('http://localhost:3000/', { 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  it('tells the page its path without the mark of a client-side navigation', () => {
    expect(passedOn(send(), 'x-orgdock-path')).toBe('/admin/environments?x=1');
    expect(passedOn(send('http://localhost:3000/'), 'x-orgdock-path')).toBe('/');
  });

  it('overwrites what a client sends under its names', () => {
    const response = send('http://localhost:3000/', {
      'x-orgdock-path': '//evil.example',
      'x-nonce': 'known',
      'x-request-id': 'chosen',
    });
    expect(passedOn(response, 'x-orgdock-path')).toBe('/');
    expect(passedOn(response, 'x-nonce')).not.toBe('known');
    expect(passedOn(response, 'x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-request-id')).toBe(passedOn(response, 'x-request-id'));
  });
});
