import type { AppSetting, AppType, SettingId, WantedApp } from '@/lib/provisioning/app-pack/types';

/** The settings of an app that decide whether grants live, in the order in which Setup shows them. */
export function appSettingsOf(wanted: WantedApp, appType: AppType): AppSetting[] {
  const external = appType === 'external_client_app';
  const name = external ? wanted.label : 'the app';
  const settings = external
    ? `Setup → External Client App Manager → ${name} → Settings → OAuth Settings → Edit`
    : 'Setup → App Manager → the app’s row → Edit';
  const policies = external
    ? `Setup → External Client App Manager → ${name} → Policies → OAuth Policies → Edit`
    : 'Setup → App Manager → the app’s row → Manage → Edit Policies';
  const at = (place: string, field: string) => `${place} → ${field}`;
  const row = (id: SettingId, label: string, want: string, why: string, path: string): AppSetting => ({
    ...{ id, label, want, why, path },
  });
  const secret = wanted.secretRequired ? 'on' : 'off';
  return [
    row(
      'app_type',
      'App type',
      external ? 'External Client App, distribution state Local' : 'Connected App that exists already',
      external
        ? 'New Connected Apps cannot be created since Spring ’26. Orgdock needs OAuth and the API only, no page inside Salesforce; Local means that the app is for this org alone.'
        : 'New Connected Apps cannot be created since Spring ’26, and those that exist keep working. Move to an External Client App when you can.',
      external ? 'Setup → External Client App Manager' : 'Setup → App Manager',
    ),
    ...(external
      ? [
          row(
            'enabled',
            'App enabled',
            'on',
            'A disabled app gives no grant and refreshes none.',
            `Setup → External Client App Manager → ${name} → Policies → App Status`,
          ),
        ]
      : []),
    row(
      'oauth_enabled',
      external ? 'OAuth plug-in' : 'Enable OAuth Settings',
      'on',
      'Orgdock connects people by OAuth consent.',
      external
        ? `Setup → External Client App Manager → ${name} → Policies`
        : at(settings, 'API (Enable OAuth Settings)'),
    ),
    row(
      'callback',
      'Callback URL',
      wanted.callbackUrl,
      'Salesforce sends the answer of a consent to registered addresses only. It has to be the same to the letter.',
      at(settings, 'Callback URL'),
    ),
    row(
      'scopes',
      'OAuth scopes',
      wanted.scopes.join(' '),
      'The scopes decide what Orgdock reaches as the person who consents. Without refresh_token nobody stays connected.',
      at(settings, 'Selected OAuth Scopes'),
    ),
    row(
      'pkce',
      'Require Proof Key for Code Exchange (PKCE)',
      'on',
      'A stolen authorization code is worth nothing without the verifier, which stays in Orgdock.',
      at(settings, 'Require Proof Key for Code Exchange (PKCE)'),
    ),
    row(
      'secret_web_server',
      'Require Secret for Web Server Flow',
      secret,
      wanted.secretRequired
        ? 'Only Orgdock, which holds the secret, can turn a code into a grant.'
        : 'This environment is a public client: it has no secret, and PKCE stands in for it.',
      at(settings, 'Require Secret for Web Server Flow'),
    ),
    row(
      'secret_refresh',
      'Require Secret for Refresh Token Flow',
      secret,
      wanted.secretRequired
        ? 'A stolen refresh token cannot be used without the secret.'
        : 'This environment is a public client: it has no secret to send.',
      at(settings, 'Require Secret for Refresh Token Flow'),
    ),
    row(
      'rotation',
      'Enable Refresh Token Rotation',
      'on',
      'Each refresh token works once, so a copy gives itself away. Orgdock stores the new one before it uses it.',
      at(settings, 'Enable Refresh Token Rotation'),
    ),
    row(
      'permitted_users',
      'Permitted Users',
      permittedUsersInWords(wanted),
      'Decides who may connect: everybody who consents, or the holders of a permission set only. Then nobody without it can consent at all.',
      at(policies, 'Permitted Users'),
    ),
    row(
      'ip_relaxation',
      'IP Relaxation',
      'Enforce IP restrictions',
      'A stolen token is then refused from elsewhere. Orgdock’s own address has to be within the login IP ranges of its users.',
      at(policies, 'IP Relaxation'),
    ),
    row(
      'refresh_policy',
      'Refresh Token Policy',
      refreshPolicyInWords(wanted),
      'When a grant ends by itself. Orgdock renews idle ones in time, so it has to know the same limit as the org.',
      at(policies, 'Refresh Token Policy'),
    ),
  ];
}

function permittedUsersInWords({ permittedUsers, permissionSet }: WantedApp): string {
  if (permittedUsers === null) return 'as your org prefers';
  if (permittedUsers === 'AllSelfAuthorized') return 'All users can self-authorize';
  return `Admin approved users are pre-authorized${permissionSet ? `, permission set ${permissionSet}` : ''}`;
}

function refreshPolicyInWords({ refreshToken }: WantedApp): string {
  switch (refreshToken.type) {
    case 'Infinite':
      return 'Refresh token is valid until revoked';
    case 'SpecificInactivity':
      return `Expire refresh token if not used for ${refreshToken.days} days`;
    case 'SpecificLifetime':
      return `Expire refresh token after ${refreshToken.days} days`;
  }
}
