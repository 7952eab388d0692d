import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { allowOrigins } from '@/tests/loopback';
import { checkOrigin, extraOrigins } from './hosts';

function refusalOf(text: string): string {
  try {
    checkOrigin(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'HOST_NOT_ALLOWED') return error.message;
    throw error;
  }
  throw new Error(`${text} was allowed`);
}

describe('checkOrigin', () => {
  it.each([
    'https://login.salesforce.com',
    'https://test.salesforce.com/services/oauth2/token',
    'https://acme.my.salesforce.com',
    'https://acme--uat.sandbox.my.salesforce.com',
    'https://orgfarm-8663634d5e-dev-ed.develop.my.salesforce.com',
    'https://acme.scratch.my.salesforce.com',
    'https://acme-dev-ed.trailblaze.my.salesforce.com',
    'https://acme.my.salesforce.mil',
    'https://acme.my.sfcrmproducts.cn',
    'https://acme--uat.sandbox.my.sfcrmproducts.cn',
    'https://na139.salesforce.com',
    'https://acme--uat.cs40.my.salesforce.com',
    'https://ACME.my.salesforce.com',
    'https://acme.my.salesforce.com:443/id/x',
  ])('allows %s', (text) => {
    expect(checkOrigin(text).protocol).toBe('https:');
  });

  it.each([
    ['', 'empty'],
    ['acme.my.salesforce.com', 'not a complete URL'],
    ['http://acme.my.salesforce.com', 'only https'],
    ['ftp://acme.my.salesforce.com', 'only https'],
    ['javascript:alert(1)', 'https://'],
    ['https:acme.my.salesforce.com', 'https://'],
    ['https://user@acme.my.salesforce.com', 'user name'],
    ['https://user:password@acme.my.salesforce.com', 'user name'],
    ['https://@acme.my.salesforce.com', 'user name'],
    ['https://acme.my.salesforce.com:8443', 'port 8443'],
    ['https://acme.my.salesforce.com.', 'ends with a dot'],
    ['https://127.0.0.1', 'IP address'],
    ['https://2130706433', 'IP address'],
    ['https://0x7f.1', 'IP address'],
    ['https://[::1]', 'IP address'],
    ['https://[::ffff:127.0.0.1]', 'IP address'],
    ['https://localhost', 'not a Salesforce API host'],
    ['https://evil.example', 'not a Salesforce API host'],
    ['https://acme.my.salesforce.com.evil.example', 'not a Salesforce API host'],
    ['https://evilmy.salesforce.com', 'not a Salesforce API host'],
    ['https://my.salesforce.com', 'not a Salesforce API host'],
    ['https://a.b.my.salesforce.com', 'not a Salesforce API host'],
    ['https://-acme.my.salesforce.com', 'not a Salesforce API host'],
    ['https://salesforce.com', 'not a Salesforce API host'],
    ['https://login-salesforce.com', 'not a Salesforce API host'],
    ['https://login.salesforce.com#.evil.example@evil.example', null],
    ['https://evil.example#login.salesforce.com', 'not a Salesforce API host'],
    ['https://evil.example/login.salesforce.com', 'not a Salesforce API host'],
    ['https://evil.example\\.my.salesforce.com', 'backslash'],
    ['https:\\\\login.salesforce.com', 'backslash'],
    ['https://login.sales\tforce.com', 'control characters'],
    [' https://login.salesforce.com', 'spaces'],
    ['https://login.salesforce.com\n', 'control characters'],
    ['https://ｌogin.salesforce.com', 'letters outside'],
    ['https://login.salesforce。com', 'letters outside'],
    ['https://аcme.my.salesforce.com', 'letters outside'],
    ['https://xn--cme-8cd.my.salesforce.com', 'internationalised'],
    ['https://login%2esalesforce.com', 'percent-encoded'],
    ['https://acme.lightning.force.com', 'Lightning pages'],
    ['https://acme.my.salesforce-setup.com', 'Setup pages'],
    ['https://api.salesforce.com', 'not a Salesforce API host'],
  ])('refuses %j and says why', (text, reason) => {
    if (reason === null) expect(checkOrigin(text).hostname).toBe('login.salesforce.com');
    else expect(refusalOf(text)).toContain(reason);
  });

  it('never shows user info, path or query of what it refused', () => {
    try {
      checkOrigin('https://user:canary-password@evil.example/canary-path?code=canary-code');
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify({ ...(error as AppError), message: (error as AppError).message })).not.toContain(
        'canary',
      );
    }
  });

  it('allows nothing whose host is not one of the known forms, however it is written', () => {
    const texts = fc.oneof(
      fc.domain().map((domain) => `https://${domain}/x?y#z`),
      fc.string().map((host) => `https://${host}`),
      fc.string().map((label) => `https://${label}.my.salesforce.com`),
      fc.string().map((tail) => `https://login.salesforce.com${tail}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let url: URL;
        try {
          url = checkOrigin(text);
        } catch (error) {
          if (error instanceof AppError && error.code === 'HOST_NOT_ALLOWED') return;
          throw error;
        }
        expect(url.host).toMatch(/(^|\.)(salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/);
        expect(url.origin).toBe(new URL(text).origin);
      }),
      { numRuns: 300 },
    );
  });
});

describe('extraOrigins', () => {
  it('allows exactly the origins of the settings', () => {
    allowOrigins('http://localhost:4501', 'https://proxy.example');
    expect(checkOrigin('http://localhost:4501/services').port).toBe('4501');
    expect(checkOrigin('https://proxy.example').host).toBe('proxy.example');
    expect(refusalOf('http://localhost:4502')).toContain('only https');
    expect(refusalOf('http://127.0.0.1:4501')).toContain('only https');
    expect(refusalOf('http://user@localhost:4501')).toContain('user name');
  });

  it.each([
    'localhost:4501',
    'http://localhost:4501/path',
    'http://user@localhost:4501',
    'nonsense',
    'ftp://a.example',
  ])('refuses %s as a setting', (entry) => {
    allowOrigins(entry);
    expect(() => extraOrigins()).toThrow(expect.objectContaining({ code: 'MISCONFIGURED' }));
  });

  it('takes plain http in production only for this machine', () => {
    vi.stubEnv('NODE_ENV', 'production');
    allowOrigins('http://127.0.0.1:4501', 'http://[::1]:4501', 'https://proxy.example');
    expect(extraOrigins().size).toBe(3);
    allowOrigins('http://simulator:4501');
    expect(() => extraOrigins()).toThrow(/must use https/);
  });
});
