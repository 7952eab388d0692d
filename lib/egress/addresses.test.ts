import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isPublicAddress } from './addresses';

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '13.108.0.1',
    '172.32.0.1',
    '100.128.0.0',
    '191.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2001:4860:4860::8888',
  ])('takes %s as public', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001::1',
    '2001:2::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '100::1',
    '',
    'localhost',
    '8.8.8',
    '1.2.3.4.5',
    '010.0.0.1',
  ])('takes %j as not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it('judges a mapped IPv4 address as the address itself', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });

  it('never takes an address of a private network as public', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.constantFrom('10', '127', '192.168', '169.254'),
        octet,
        octet,
        octet,
        (head, b, c, d) => {
          const address = [head, b, c, d].join('.').split('.').slice(0, 4).join('.');
          expect(isPublicAddress(address)).toBe(false);
        },
      ),
    );
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'portal.localhost', '127.0.0.1', '127.1.2.3', '[::1]', '::1'])('knows %s', (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(['localhost.evil.example', '128.0.0.1', '[::2]', 'example.com'])('refuses %s', (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );
});
