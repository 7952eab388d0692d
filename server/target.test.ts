import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { passTarget } from './target.mjs';

function pass(url: string, headers: Record<string, string> = {}) {
  const request = { url, headers } as unknown as IncomingMessage;
  passTarget(request);
  return request.headers;
}

describe('passTarget', () => {
  it('passes what was sent, undecoded, behind a mark of this process', () => {
    const sent = '/services/data/v66.0/%2e%2e//sobjects?q=a%20b+c';
    const [mark, target] = String(pass(sent)['x-orgdock-target']).split(' ');
    expect(target).toBe(sent);
    expect(mark).toMatch(/^[0-9a-f]{32}$/);
    expect(pass('/api/v1/connections')['x-orgdock-target']).toBe(`${mark} /api/v1/connections`);
  });

  it('takes the place of what a client sent under these names', () => {
    const headers = pass('/services/data', {
      'x-orgdock-target': 'x /services/other',
      'x-request-id': 'mine',
    });
    expect(headers['x-orgdock-target']).toMatch(/^[0-9a-f]{32} \/services\/data$/);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says nothing elsewhere, nor where Next would only arrive by resolving', () => {
    for (const url of ['/', '/api/connections/x', '/services', '/x/../services/data', '/%73ervices/data']) {
      expect(pass(url)).toEqual({});
    }
  });
});
