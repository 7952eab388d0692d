import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
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

  it.each(['GET', 'HEAD', 'get'])('asks nothing of a %s', (method) => {
    expect(() => requireSameOrigin(method, new Headers({ origin: 'https://evil.example' }))).not.toThrow();
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'post'])('guards %s', (method) => {
    expect(() => requireSameOrigin(method, new Headers())).toThrow(AppError);
  });
});
