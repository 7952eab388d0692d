import type { WantedApp } from '@/lib/provisioning/app-pack/types';

type Told = Pick<WantedApp, 'label' | 'contactEmail' | 'callbackUrl' | 'scopes' | 'secretRequired'>;

/** A mail to a Salesforce administrator who creates the app by hand. No key and no secret is in it. */
export function appMailOf({ label, contactEmail, callbackUrl, scopes, secretRequired }: Told): string {
  const secret = secretRequired ? 'on' : 'off';
  return [
    'Hello,',
    `please create an External Client App for Orgdock in our Salesforce org: Setup → External Client App Manager → New External Client App.`,
    [
      `Name: ${label}`,
      ...(contactEmail === '' ? [] : [`Contact e-mail: ${contactEmail}`]),
      'Distribution state: Local',
      `Callback URL: ${callbackUrl}`,
      `OAuth scopes: ${scopes.join(' ')}`,
      'Require Proof Key for Code Exchange (PKCE): on',
      `Require Secret for Web Server Flow: ${secret}`,
      `Require Secret for Refresh Token Flow: ${secret}`,
      'Enable Refresh Token Rotation: on',
    ].join('\n'),
    secretRequired
      ? `Its consumer key and secret are then under Setup → External Client App Manager → ${label} → Settings → OAuth Settings → Consumer Key and Secret. Please do not send the secret by mail: hand it over in a password manager, or in person.`
      : `Its consumer key is then under Setup → External Client App Manager → ${label} → Settings → OAuth Settings → Consumer Key and Secret. Only the key is needed.`,
    'The app can be used after 2 to 10 minutes. Thank you!',
  ].join('\n\n');
}
