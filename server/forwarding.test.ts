import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownForwardedHeaders, parseTrustedProxies, refusedMethod, refusedTarget } from './forwarding.mjs';

function requestFrom(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  return {
    headers: { host: 'portal.example', ...headers },
    socket: { remoteAddress },
  } as unknown as IncomingMessage;
}

const { trusts } = parseTrustedProxies('10.0.0.0/8, fd00::/8 192.0.2.7');

describe('the list of trusted proxies', () => {
  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['11.0.0.1', false],
    ['fd12::1', true],
    ['fe80::1', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['', false],
    ['not an address', false],
  ])('says of %s: %s', (address, expected) => {
    expect(trusts(address)).toBe(expected);
  });

  it('names each entry that is no address and no range', () => {
    const { faults } = parseTrustedProxies(
      '10.0.0.0/33, ::1/129, proxy.internal, 10.0.0.0/8/8, 10.0.0.0/-1, 10.0.0.1',
    );
    expect(faults).toEqual(['10.0.0.0/33', '::1/129', 'proxy.internal', '10.0.0.0/8/8', '10.0.0.0/-1']);
  });
});

describe('forwarded headers', () => {
  it('say what the socket says when a client wrote them itself', () => {
    const request = requestFrom('203.0.113.9', {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '1',
      forwarded: 'for=127.0.0.1',
      'x-real-ip': '127.0.0.1',
    });
    ownForwardedHeaders(request, trusts);
    expect(request.headers).toEqual({
      host: 'portal.example',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'portal.example',
    });
  });

  it('say what a trusted proxy says', () => {
    const request = requestFrom('::ffff:10.0.0.2', {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'public.example',
    });
    ownForwardedHeaders(request, trusts);
    expect(request.headers).toMatchObject({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'public.example',
    });
  });

  it.each([
    [
      'what a client put in front of its own address is not believed',
      '127.0.0.1, 203.0.113.9',
      '203.0.113.9',
    ],
    ['several trusted hops are walked back', '198.51.100.4, 203.0.113.9, 10.0.0.9', '203.0.113.9'],
    ['words are no address', 'unknown, 10.0.0.9', '10.0.0.9'],
    ['a proxy that names nobody is the client itself', '', '10.0.0.2'],
  ])('name the nearest untrusted hop: %s', (_, list, client) => {
    const request = requestFrom('10.0.0.2', { 'x-forwarded-for': list });
    ownForwardedHeaders(request, trusts);
    expect(request.headers['x-forwarded-for']).toBe(client);
  });

  it('never come from an untrusted peer, whatever it sends', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (list, proto) => {
        const request = requestFrom('203.0.113.9', { 'x-forwarded-for': list, 'x-forwarded-proto': proto });
        ownForwardedHeaders(request, trusts);
        expect(request.headers['x-forwarded-for']).toBe('203.0.113.9');
        expect(request.headers['x-forwarded-proto']).toBe('http');
      }),
    );
  });

  it.each([
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-matched-path',
    'x-invoke-path',
    'x-orgdock-path',
    'next-resume',
  ])('drop %s, which only Next or the portal may write', (name) => {
    const request = requestFrom('10.0.0.2', { [name]: '/admin', rsc: '1' });
    ownForwardedHeaders(request, trusts);
    expect(request.headers[name]).toBeUndefined();
    expect(request.headers.rsc).toBe('1');
  });
});

describe('a request target', () => {
  it.each([
    'http://169.254.169.254/latest',
    'ftp://x/',
    '*',
    '',
    'example:80',
    '//evil.example/',
    '/\\evil',
    '/?q=%00',
    '/%ed%a0%80',
    '/a%zz?b',
  ])('is refused when it is %s', (url) => {
    expect(refusedTarget({ url } as IncomingMessage)).toEqual(expect.any(String));
  });

  it.each(['/', '/connections/1?q=a//b', '/_next/static/x.js', '/%E6%A0%AA?q=100%'])(
    'passes when it is %s',
    (url) => {
      expect(refusedTarget({ url } as IncomingMessage)).toBeNull();
    },
  );
});

describe('a method', () => {
  it.each(['TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'get', ''])('is refused when it is %j', (method) => {
    expect(refusedMethod({ method } as IncomingMessage)).toEqual(expect.any(String));
  });

  it.each(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'])('passes when it is %s', (method) => {
    expect(refusedMethod({ method } as IncomingMessage)).toBeNull();
  });
});
