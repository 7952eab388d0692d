import { afterEach, describe, expect, it, vi } from 'vitest';
import { startConsent } from '@/components/consent/start-consent';
import { postJson } from './post-json';

const answers = (status: number, body: string) =>
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response(body, { status })));

afterEach(() => vi.unstubAllGlobals());

describe('posting JSON', () => {
  it('gives the body of a good answer', async () => {
    answers(200, '{"url":"https://acme.my.salesforce.com/x"}');
    expect(await postJson('/api/consent', {})).toEqual({
      ok: true,
      body: { url: 'https://acme.my.salesforce.com/x' },
    });
  });

  it('gives the problem that the portal names', async () => {
    const problem = {
      code: 'FORBIDDEN',
      message: 'UAT is not open for signing in.',
      nextStep: null,
      salesforce: null,
      details: {},
    };
    answers(403, JSON.stringify({ problem }));
    expect(await postJson('/api/consent', {})).toEqual({ ok: false, problem });
  });

  it.each([
    ['a gateway page', 502, '<html>'],
    ['an empty answer', 500, ''],
    ['null', 200, 'null'],
    ['a problem of another shape', 400, '{"problem":"no"}'],
  ])('says that the portal did not answer for %s', async (_, status, body) => {
    answers(status, body);
    expect(await postJson('/api/consent', {})).toMatchObject({ ok: false, problem: { code: 'UNAVAILABLE' } });
  });

  it('says so without a network', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')));
    expect(await postJson('/api/consent', {})).toMatchObject({ ok: false, problem: { code: 'UNAVAILABLE' } });
  });
});

describe('starting a consent', () => {
  it('wants an address', async () => {
    answers(200, '{}');
    expect(await startConsent({ environment: 'uat', intent: 'connect' })).toMatchObject({
      ok: false,
      problem: { code: 'INTERNAL' },
    });
  });
});
