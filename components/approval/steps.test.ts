import { describe, expect, it } from 'vitest';
import { appStepsOf, userStepsOf } from './steps';

const setup = {
  connectedAppsUsage: 'https://acme.my.salesforce.com/usage',
  manageConnectedApps: 'https://acme.my.salesforce.com/apps',
  externalClientApps: 'https://acme.my.salesforce.com/eca',
  permissionSets: 'https://acme.my.salesforce.com/sets',
};
type About = Parameters<typeof appStepsOf>[0];
const about = (type: About['app']['type'], changes: Partial<About> = {}): About => ({
  app: { name: null, type, consumerKey: 'key', redirectUri: 'uri', scopes: [] },
  case: null,
  setup,
  username: 'grace@acme.example',
  askedBy: 'Grace',
  ...changes,
});
const titles = (given: About) => appStepsOf(given).map(({ title }) => title);

describe('the steps that let an app in', () => {
  it('are those of its kind and of the refusal', () => {
    expect(titles(about('connected_app', { case: 'not_installed' }))).toEqual([
      'Install the app',
      'Or let the user approve apps that are not installed',
    ]);
    expect(titles(about('external_client_app', { case: 'not_installed' }))[0]).toBe(
      'See whether the app is in this org',
    );
    expect(titles(about('connected_app', { case: 'blocked' }))).toEqual([
      'If the app is blocked, unblock it',
    ]);
    expect(titles(about('external_client_app', { case: 'not_approved' }))).toEqual([]);
  });

  it('are all of them when nobody knows what Salesforce said', () => {
    expect(titles(about('connected_app'))).toHaveLength(3);
    expect(titles(about('external_client_app'))).toHaveLength(3);
  });

  it('lead into Setup of the org, and nowhere when its host is not known', () => {
    expect(appStepsOf(about('connected_app', { case: 'blocked' }))[0]?.link?.href).toBe(
      setup.connectedAppsUsage,
    );
    const nowhere = about('connected_app', { setup: null });
    for (const { link } of [...appStepsOf(nowhere), ...userStepsOf(nowhere)]) expect(link).toBeNull();
  });
});

describe('the steps that let a user in', () => {
  it('name the user, or else who asks', () => {
    expect(userStepsOf(about('external_client_app')).at(-1)?.text).toContain('grace@acme.example');
    expect(userStepsOf(about('connected_app', { username: null })).at(-1)?.text).toContain(
      'the Salesforce user of Grace',
    );
  });
});
