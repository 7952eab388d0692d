import { afterEach, describe, expect, it, vi } from 'vitest';
import { registry } from '@/lib/registry';
import { browserCookieName, cookieOptions, readCookie, sessionCookieName, setCookieHeader } from './cookies';

function servedAt(url: string): void {
  vi.stubEnv('NEXTAUTH_URL', url);
  registry().slots.delete('env');
}

afterEach(() => {
  registry().slots.delete('env');
});

describe('the cookies', () => {
  it('are host-only and Secure when the portal is served over https', () => {
    servedAt('https://portal.example');
    expect(sessionCookieName()).toBe('__Host-orgdock.session');
    expect(browserCookieName()).toBe('__Host-orgdock.attempt');
    expect(setCookieHeader(sessionCookieName(), 'v', 60)).toBe(
      '__Host-orgdock.session=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('carry no prefix over plain http, where browsers refuse it', () => {
    servedAt('http://localhost:3000');
    expect(sessionCookieName()).toBe('orgdock.session');
    expect(setCookieHeader(sessionCookieName(), '', 0)).toBe(
      'orgdock.session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    );
    expect(cookieOptions(5)).toEqual({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: false,
      maxAge: 5,
    });
  });
});

describe('readCookie', () => {
  const read = (cookie: string) => readCookie(new Headers({ cookie }), 'orgdock.session');

  it('finds a cookie among others', () => {
    expect(read('a=1; orgdock.session=abc; b=2')).toBe('abc');
  });

  it('does not take a longer name for it', () => {
    expect(read('orgdock.session.0=abc; xorgdock.session=d')).toBeNull();
  });

  it('takes none of two with the same name', () => {
    expect(read('orgdock.session=mine; orgdock.session=planted')).toBeNull();
  });

  it('is null without cookies', () => {
    expect(readCookie(new Headers(), 'orgdock.session')).toBeNull();
  });
});
