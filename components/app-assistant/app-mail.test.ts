import { describe, expect, it } from 'vitest';
import { appMailOf } from './app-mail';

const APP = {
  label: 'Orgdock UAT',
  contactEmail: 'crm@acme.example',
  callbackUrl: 'https://orgdock.example/api/auth/callback/uat',
  scopes: ['openid', 'api', 'refresh_token'],
  secretRequired: true,
};

describe('the mail to whoever creates the app', () => {
  it('says what the app must be, and where its key and secret are', () => {
    const mail = appMailOf(APP);
    for (const words of [
      'Name: Orgdock UAT',
      'Contact e-mail: crm@acme.example',
      'Callback URL: https://orgdock.example/api/auth/callback/uat\n',
      'OAuth scopes: openid api refresh_token\n',
      '(PKCE): on',
      'Require Secret for Refresh Token Flow: on',
      'Enable Refresh Token Rotation: on',
      'OAuth Settings → Consumer Key and Secret',
    ]) {
      expect(mail).toContain(words);
    }
  });

  it('asks for no secret of a public client', () => {
    const mail = appMailOf({ ...APP, secretRequired: false, contactEmail: '' });
    expect(mail).toContain('Require Secret for Web Server Flow: off');
    expect(mail).not.toContain('Contact e-mail');
    expect(mail).toContain('Only the key is needed.');
  });
});
