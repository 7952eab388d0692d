import { describe, expect, it } from 'vitest';
import { requestFactsOf } from './request-facts';

describe('requestFactsOf', () => {
  it('reads address, browser and request id', () => {
    const headers = new Headers({
      'x-forwarded-for': '192.0.2.7, 10.0.0.1',
      'user-agent': 'Browser/1',
      'x-request-id': '0d9f6f6e-0000-4000-8000-000000000000',
    });
    expect(requestFactsOf(headers)).toEqual({
      requestId: '0d9f6f6e-0000-4000-8000-000000000000',
      ip: '192.0.2.7',
      userAgent: 'Browser/1',
    });
  });

  it('makes an id when there is none, or an odd one', () => {
    expect(requestFactsOf(new Headers()).requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestFactsOf(new Headers({ 'x-request-id': 'a b' })).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is null where nothing is known, and cuts what is too long', () => {
    expect(requestFactsOf(new Headers())).toMatchObject({ ip: null, userAgent: null });
    const long = requestFactsOf(
      new Headers({ 'user-agent': 'x'.repeat(5_000), 'x-forwarded-for': 'y'.repeat(500) }),
    );
    expect(long.userAgent).toHaveLength(300);
    expect(long.ip).toHaveLength(64);
  });
});
