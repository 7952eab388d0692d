import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { requireSameOrigin } from './same-origin';

const PORTAL = 'http://localhost:3000';

describe('requireSameOrigin', () => {
  it.each([{ origin: PORTAL }, { origin: PORTAL, 'sec-fetch-site': 'same-origin' }])(
    'lets %j through',
    (headers) => {
      expect(() => requireSameOrigin('POST', new Headers(headers))).not.toThrow();
    },
  );

  it.each([
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:3001' },
    { origin: 'http://localhost:3000.evil.example' },
    { origin: PORTAL, 'sec-fetch-site': 'cross-site' },
    { origin: PORTAL, 'sec-fetch-site': 'same-site' },
    { origin: PORTAL, 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin' },
    { referer: `${PORTAL}/` },
  ])('refuses a POST with %j', (headers) => {
    expect(() => requireSameOrigin('POST', new Headers(headers as Record<string, string>))).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }) as AppError,
    );
  });

  it('leaves a word in the log of where a refused request came from', () => {
    const said = vi.spyOn(log(), 'warn');
    const headers = { origin: `https://evil.example/${'x'.repeat(300)}`, 'x-forwarded-for': '192.0.2.9' };
    expect(() => requireSameOrigin('POST', new Headers(headers))).toThrow(AppError);
    expect(said).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ refused: 'origin', ip: '192.0.2.9', origin: headers.origin.slice(0, 200) }),
      expect.any(String),
    );
  });

  it.each(['GET', 'HEAD', 'get'])('asks nothing of a %s', (method) => {
    expect(() => requireSameOrigin(method, new Headers({ origin: 'https://evil.example' }))).not.toThrow();
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'post'])('guards %s', (method) => {
    expect(() => requireSameOrigin(method, new Headers())).toThrow(AppError);
  });
});
