import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrigin } from '@/lib/egress/hosts';
import { AppError } from '@/lib/errors';
import { allowOrigins } from '@/tests/loopback';
import { readAddress, salesforceOrigin } from './read-address';

const originsOf = (text: string) => readAddress(text).candidates.map(({ origin }) => new URL(origin).host);

function refusalOf(text: string): string {
  try {
    readAddress(text);
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'read';
}

describe('an address', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'acme.my.salesforce.com'],
    ['acme.my.salesforce.com', 'acme.my.salesforce.com'],
    ['  https://ACME.my.salesforce.com/001000000000001AAA?x=1#y ', 'acme.my.salesforce.com'],
    ['http://acme.my.salesforce.com', 'acme.my.salesforce.com'],
    [
      'https://acme.lightning.force.com/lightning/r/Account/001000000000001AAA/view',
      'acme.my.salesforce.com',
    ],
    ['https://acme.lightning.force.com.mcas.ms/lightning/page/home', 'acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.lightning.force.com/', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://orgfarm-1-dev-ed.develop.lightning.force.com/', 'orgfarm-1-dev-ed.develop.my.salesforce.com'],
    ['https://calm-otter-1.scratch.lightning.force.com/', 'calm-otter-1.scratch.my.salesforce.com'],
    ['https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home', 'acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce-setup.com', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://acme--c.vf.force.com/apex/Page', 'acme.my.salesforce.com'],
    ['https://acme--uat--c.sandbox.vf.force.com/apex/Page', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://acme--uat--c.cs40.visual.force.com/apex/Page', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://acme--c.na139.content.force.com/file', 'acme.my.salesforce.com'],
    ['https://acme.file.force.com/sfc', 'acme.my.salesforce.com'],
    ['https://acme.my.site.com/help/s/', 'acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce-sites.com', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://acme--uat.cs40.my.salesforce.com', 'acme--uat.sandbox.my.salesforce.com'],
    ['https://acme.cloudforce.com', 'acme.my.salesforce.com'],
    ['https://na139.salesforce.com/home', 'na139.salesforce.com'],
    ['https://acme.lightning.crmforce.mil', 'acme.my.salesforce.mil'],
    ['https://acme--uat.sandbox.lightning.sfcrmapps.cn', 'acme--uat.sandbox.my.sfcrmproducts.cn'],
    ['https://acme.my.sfcrmapps.cn', 'acme.my.sfcrmproducts.cn'],
    ['https://login.salesforce.com/', 'login.salesforce.com'],
    ['test.salesforce.com', 'test.salesforce.com'],
  ])('%s is of %s', (text, host) => {
    expect(originsOf(text)[0]).toBe(host);
    expect(salesforceOrigin(text)).toBe(`https://${host}`);
  });

  it('names where else an org of this name could be, likeliest first', () => {
    expect(originsOf('acme.my.salesforce.com').slice(0, 3)).toEqual([
      'acme.my.salesforce.com',
      'acme.develop.my.salesforce.com',
      'acme.scratch.my.salesforce.com',
    ]);
    expect(originsOf('acme-dev-ed.my.salesforce.com')[1]).toBe('acme-dev-ed.develop.my.salesforce.com');
    expect(originsOf('acme--uat.my.salesforce.com')).toEqual([
      'acme--uat.my.salesforce.com',
      'acme--uat.sandbox.my.salesforce.com',
    ]);
    expect(originsOf('acme--uat.cs40.my.salesforce.com')).toEqual([
      'acme--uat.sandbox.my.salesforce.com',
      'acme--uat.cs40.my.salesforce.com',
      'acme--uat.my.salesforce.com',
    ]);
  });

  it('that is a username gives a hint of a sandbox, and is no address', () => {
    expect(originsOf('grace@acme.example.uat')).toEqual(['test.salesforce.com', 'login.salesforce.com']);
    expect(readAddress('grace@acme.example.uat').notes[0]).toContain('a sandbox called “uat”');
    expect(originsOf('grace@acme.com')[0]).toBe('login.salesforce.com');
    expect(originsOf('grace@acme.co.uk')[0]).toBe('login.salesforce.com');
    expect(() => salesforceOrigin('grace@acme.com')).toThrow('not a web address');
  });

  it.each([
    ['', 'INVALID_INPUT: This is not a web address'],
    ['not an address', 'INVALID_INPUT: This is not a web address'],
    ['https://user:password@acme.my.salesforce.com', 'a user name or password'],
    ['https://acme.my.salesforce.com@evil.example', 'a user name or password'],
    ['https://acme.lightning.force.com:8443/', 'port 8443'],
    ['https://acme.my.salesforce.com.:443/', 'ends with a dot'],
    ['https://evil.example/acme.my.salesforce.com', 'not a Salesforce API host'],
    ['https://acme.my.salesforce.com.evil.example', 'not a Salesforce API host'],
    ['https://acme.lightning.force.com.evil.example', 'not a Salesforce API host'],
    ['https://evil.example.mcas.ms', 'not a Salesforce API host'],
    ['https://10.0.0.1/', 'an IP address'],
    ['https://[::1]/', 'an IP address'],
    ['https://169.254.169.254/latest', 'an IP address'],
    ['https://аcme.lightning.force.com', 'letters outside'],
    ['https://xn--cme-8cd.lightning.force.com', 'not a Salesforce API host|internationalised'],
    ['ftp://acme.my.salesforce.com', 'only https'],
    ['javascript://acme.my.salesforce.com/%0aalert(1)', 'only https'],
    ['https://acme.my.salesforce.com\\@evil.example', 'backslash'],
    ['https://acme%2emy.salesforce.com', 'percent-encoded'],
    ['https://localhost:4501', 'port 4501|not a Salesforce'],
  ])('%j is refused: %s', (text, reason) => {
    expect(refusalOf(text)).toMatch(new RegExp(reason));
  });

  it('that an operator allowed stays as it is, port and scheme included', () => {
    allowOrigins('http://localhost:4501');
    expect(readAddress('http://localhost:4501/lightning/o/Account/list').candidates).toEqual([
      { origin: 'http://localhost:4501', why: 'as entered' },
    ]);
    expect(refusalOf('http://localhost:4502')).toContain('not call this address');
  });
});

describe('a thousand hostile and odd addresses', () => {
  const SUFFIXES = [
    ...['my.salesforce.com', 'lightning.force.com', 'my.salesforce-setup.com', 'my.site.com', 'vf.force.com'],
    ...['my.salesforce.mil', 'sfcrmproducts.cn', 'salesforce.com', 'salesforce.com.evil.example', 'mcas.ms'],
    ...['evil.example', '127.0.0.1', '[::1]', '169.254.169.254', 'localhost', 'internal'],
  ];
  const piece = fc.oneof(
    fc.stringMatching(/^[a-z0-9-]{0,12}$/),
    fc.constantFrom('acme--uat', 'acme-dev-ed', 'аcme', 'xn--acme', '%2e', '..', '', 'a.b', '\u200b', '　'),
  );
  const address = fc
    .record({
      scheme: fc.constantFrom('https://', 'http://', '', 'HTTPS://', 'file://', 'gopher://', 'https:/', '//'),
      user: fc.constantFrom('', '', '', 'me@', 'me:pw@', '@', 'acme.my.salesforce.com@'),
      name: piece,
      partition: fc.constantFrom('', '.sandbox', '.develop', '.scratch', '.evil', '.my'),
      suffix: fc.constantFrom(...SUFFIXES),
      port: fc.constantFrom('', '', ':443', ':80', ':8443', ':0', ':99999'),
      tail: fc.constantFrom('', '/', '/x?y=z', '#a', '\\x', '?@evil.example', '/../..', '\n', '\t/'),
    })
    .map(
      (part) =>
        `${part.scheme}${part.user}${part.name}${part.partition}.${part.suffix}${part.port}${part.tail}`,
    );

  it('lead to allowed hosts only, or to a refusal that says why', () => {
    let refused = 0;
    fc.assert(
      fc.property(address, (text) => {
        try {
          const { candidates } = readAddress(text);
          expect(candidates.length).toBeGreaterThan(0);
          for (const { origin } of candidates) expect(checkOrigin(origin).origin).toBe(origin);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused += 1;
          expect(['INVALID_INPUT', 'HOST_NOT_ALLOWED']).toContain(error.code);
          if (error.code === 'HOST_NOT_ALLOWED') expect(error.details?.reason).toBeTruthy();
        }
      }),
      { numRuns: 1_000, seed: 20_261_126 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(1_000);
  });
});
