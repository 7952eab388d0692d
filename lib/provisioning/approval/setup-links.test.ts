import { describe, expect, it } from 'vitest';
import { setupLinksOf } from '@/lib/provisioning/approval/setup-links';

describe('setupLinksOf', () => {
  it('leads to Setup at the org’s own host', () => {
    expect(setupLinksOf('https://acme.my.salesforce.com')).toEqual({
      connectedAppsUsage: 'https://acme.my.salesforce.com/lightning/setup/ConnectedAppsUsage/home',
      manageConnectedApps: 'https://acme.my.salesforce.com/lightning/setup/ConnectedApplication/home',
      externalClientApps:
        'https://acme.my.salesforce.com/lightning/setup/ManageExternalClientApplication/home',
      permissionSets: 'https://acme.my.salesforce.com/lightning/setup/PermSets/home',
    });
  });

  it.each([
    'https://login.salesforce.com',
    'https://test.salesforce.com',
    'https://evil.example',
    'http://acme.my.salesforce.com',
    'javascript:alert(1)',
    '',
  ])('leads nowhere from %s', (origin) => {
    expect(setupLinksOf(origin)).toBeNull();
  });
});
