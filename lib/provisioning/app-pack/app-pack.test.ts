import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appPackOf } from './app-pack';
import { deployCommandsOf, readmeOf } from './readme';
import { appSettingsOf } from './setting-rows';
import type { AppChoice } from './types';
import { wantedAppOf } from './wanted-app';

const ENVIRONMENT = {
  slug: 'uat-koln',
  name: 'UAT (Köln) & <Test>',
  origin: 'https://acme--uat.sandbox.my.salesforce.com',
  scopes: ['openid', 'id', 'api', 'refresh_token'],
  redirectUri: 'https://portal.example/api/auth/callback/uat-koln',
  clientType: 'confidential' as const,
  contactEmail: 'admin@acme.example',
  idleLimitDays: 30,
  absoluteLimitDays: null,
};
const EVERYBODY: AppChoice = { permittedUsers: 'AllSelfAuthorized', permissionSet: null };

type Environment = Parameters<typeof wantedAppOf>[0];
const packFor = (changes: Partial<Environment> = {}, choice = EVERYBODY) =>
  appPackOf(wantedAppOf({ ...ENVIRONMENT, ...changes }, choice), '66.0');
const xmlOf = (changes: Partial<Environment> = {}, choice = EVERYBODY) =>
  Object.values(packFor(changes, choice).files).join('\n');

/** The elements of a document; throws for what is not well-formed. Knows no more XML than the pack needs. */
function elementsOf(xml: string): Array<{ name: string; text: string }> {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(head)) throw new Error('no declaration');
  const open: string[] = [];
  const elements: Array<{ name: string; text: string }> = [];
  let rest = xml.slice(head.length);
  while (rest !== '') {
    const [all = '', close, name = '', attributes = '', text = ''] =
      /^<(\/?)([A-Za-z]+)( xmlns="[^"<&]+")?>([^<]*)/.exec(rest) ?? [];
    if (all === '' || (close && attributes)) throw new Error(`not well-formed: ${rest.slice(0, 80)}`);
    if (/&(?!amp;|lt;|gt;|quot;|apos;)/.test(text)) throw new Error(`a bare ampersand: ${text}`);
    if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text))
      throw new Error('no XML');
    if (close) {
      if (open.pop() !== name) throw new Error(`${name} closes another element`);
    } else {
      open.push(name);
      elements.push({ name, text });
    }
    rest = rest.slice(all.length);
  }
  if (open.length > 0) throw new Error(`${open.join()} stays open`);
  return elements;
}

describe('the app pack', () => {
  it('holds the five metadata types in their folders, and a package.xml that lists them', () => {
    const { files, developerName, version, date } = packFor();
    expect(Object.keys(files)).toEqual([
      'package.xml',
      'externalClientApps/Orgdock_uat_koln.eca',
      'extlClntAppOauthSettings/Orgdock_uat_koln_oauth.ecaOauth',
      'extlClntAppGlobalOauthSets/Orgdock_uat_koln_glbloauth.ecaGlblOauth',
      'extlClntAppOauthPolicies/Orgdock_uat_koln_oauth_defaultPolicy.ecaOauthPlcy',
      'extlClntAppPolicies/Orgdock_uat_koln_defaultPolicy.ecaPlcy',
    ]);
    expect(developerName).toBe('Orgdock_uat_koln');
    expect(version).toMatch(/^\d+\.\d+$/);
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const listed = elementsOf(files['package.xml'] ?? '').filter(({ name }) => name === 'members');
    expect(listed.map(({ text }) => text)).toEqual(
      Object.keys(files)
        .slice(1)
        .map((path) => path.replace(/^.*\/|\.[^.]*$/g, '')),
    );
  });

  it('asks for everything that keeps grants safe', () => {
    const xml = xmlOf();
    for (const element of [
      '<callbackUrl>https://portal.example/api/auth/callback/uat-koln</callbackUrl>',
      '<commaSeparatedOauthScopes>OpenID, Basic, Api, RefreshToken</commaSeparatedOauthScopes>',
      '<isPkceRequired>true</isPkceRequired>',
      '<isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>',
      '<isConsumerSecretOptional>false</isConsumerSecretOptional>',
      '<isSecretRequiredForRefreshToken>true</isSecretRequiredForRefreshToken>',
      '<ipRelaxationPolicyType>Enforce</ipRelaxationPolicyType>',
      '<permittedUsersPolicyType>AllSelfAuthorized</permittedUsersPolicyType>',
      '<refreshTokenPolicyType>SpecificInactivity</refreshTokenPolicyType>',
      '<refreshTokenValidityPeriod>30</refreshTokenValidityPeriod>',
      '<distributionState>Local</distributionState>',
      '<isOauthPluginEnabled>true</isOauthPluginEnabled>',
      '<label>Orgdock UAT (Köln) &amp; &lt;Test&gt;</label>',
    ]) {
      expect(xml).toContain(element);
    }
    expect(xml).not.toMatch(/consumerKey|consumerSecret>|commaSeparatedPermissionSet/);
  });

  it('asks for no secret of a public client, and for PKCE all the same', () => {
    const xml = xmlOf({ clientType: 'public' });
    expect(xml).toContain('<isConsumerSecretOptional>true</isConsumerSecretOptional>');
    expect(xml).toContain('<isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>');
    expect(xml).toContain('<isPkceRequired>true</isPkceRequired>');
  });

  it('follows the limits of the environment', () => {
    expect(xmlOf({ idleLimitDays: null, absoluteLimitDays: 365 })).toContain(
      '<refreshTokenPolicyType>SpecificLifetime</refreshTokenPolicyType>\n    <refreshTokenValidityPeriod>365<',
    );
    const unlimited = xmlOf({ idleLimitDays: null, absoluteLimitDays: null });
    expect(unlimited).toContain('<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>');
    expect(unlimited).not.toContain('refreshTokenValidity');
  });

  it('names the permission set of users whom an administrator approves', () => {
    const choice: AppChoice = {
      permittedUsers: 'AdminApprovedPreAuthorized',
      permissionSet: 'Orgdock_User',
    };
    const xml = xmlOf({}, choice);
    expect(xml).toContain('<commaSeparatedPermissionSet>Orgdock_User</commaSeparatedPermissionSet>');
    expect(xml).toContain('<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>');
  });

  it('is well-formed with valid member names, whatever names people give', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 90 });
    fc.assert(
      fc.property(anything, anything, anything, (slug, name, contactEmail) => {
        const { files, label } = packFor({ slug, name, contactEmail });
        expect(label.length).toBeLessThanOrEqual(80);
        for (const [path, xml] of Object.entries(files)) {
          for (const { name: element, text } of elementsOf(xml)) {
            if (element === 'members') expect(text).toMatch(/^[A-Za-z](?:_?[A-Za-z0-9])*$/);
            if (element === 'description') expect(text.length).toBeGreaterThan(0);
          }
          expect(path).toMatch(/^[A-Za-z]+(?:\/[A-Za-z0-9_]+)?\.[A-Za-z]+$/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same text for the same environment', () => {
    expect(packFor()).toEqual(packFor());
  });
});

describe('the README of the pack', () => {
  it('names the exact commands, the click path and what comes after', () => {
    const wanted = wantedAppOf({ ...ENVIRONMENT, scopes: [...ENVIRONMENT.scopes, 'mystery_api'] }, EVERYBODY);
    const text = readmeOf(ENVIRONMENT, wanted, appPackOf(wanted, '66.0'));
    for (const command of deployCommandsOf(ENVIRONMENT)) expect(text).toContain(command);
    expect(deployCommandsOf(ENVIRONMENT)).toEqual([
      'sf org login web --instance-url https://acme--uat.sandbox.my.salesforce.com --alias orgdock-uat-koln',
      'sf project deploy start --metadata-dir app --target-org orgdock-uat-koln --wait 10',
    ]);
    expect(text).toContain('Settings → OAuth Settings → Consumer Key and Secret');
    expect(text).toContain('ADD BY HAND: the scopes mystery_api');
  });

  it('names the app and whom Salesforce writes to about it', () => {
    const wanted = wantedAppOf(ENVIRONMENT, EVERYBODY);
    const text = readmeOf(ENVIRONMENT, wanted, appPackOf(wanted, '66.0'));
    expect(text).toContain(`External Client App "${wanted.label}"`);
    expect(wanted.label).toContain('UAT (Köln)');
    expect(text).toContain('admin@acme.example');
  });
});

describe('the settings of the app', () => {
  it.each([
    ['pkce', 'Require Proof Key for Code Exchange (PKCE)', 'on'],
    ['secret_web_server', 'Require Secret for Web Server Flow', 'on'],
    ['secret_refresh', 'Require Secret for Refresh Token Flow', 'on'],
    ['rotation', 'Enable Refresh Token Rotation', 'on'],
    ['refresh_policy', 'Refresh Token Policy', 'Expire refresh token if not used for 30 days'],
  ])('name %s with its reason and its place, for both kinds of app', (id, label, want) => {
    const wanted = wantedAppOf(ENVIRONMENT, EVERYBODY);
    const of = (appType: 'external_client_app' | 'connected_app') =>
      appSettingsOf(wanted, appType).find((setting) => setting.id === id);
    expect(of('external_client_app')).toMatchObject({ label, want, why: expect.stringMatching(/.{30}/) });
    expect(of('external_client_app')?.path).toContain('Setup → External Client App Manager');
    expect(of('connected_app')?.path).toMatch(/^Setup → App Manager → the app’s row/);
  });
});
