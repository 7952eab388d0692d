import { describe, expect, it } from 'vitest';
import { needsFreshSignIn } from './needs-fresh-sign-in';
import { parseEnvironmentForm } from './schema';

const HOURS = { days: [1, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };

const formOf = (changes: object = {}) =>
  parseEnvironmentForm({
    name: 'Production',
    kind: 'production',
    origin: 'https://acme.my.salesforce.com',
    clientId: '3MVG9.production',
    access: 'chosen',
    scopes: ['openid', 'api', 'refresh_token', 'web'],
    runAsUsername: 'integration@acme.com',
    readingHours: HOURS,
    outsideHours: 'refuse',
    tokenHeaders: { 'X-One': '1', 'X-Two': '2' },
    ...changes,
  });

function stored(changes: object = {}, status: 'draft' | 'active' = 'active') {
  const { saveAs, consumerSecret, removeSecret, ...settings } = formOf(changes);
  return { ...settings, status };
}

describe('saving an environment', () => {
  it.each([
    {},
    { name: 'Renamed' },
    { tokenHeaders: { 'X-Two': '2', 'X-One': '1' } },
    { scopes: ['openid', 'api', 'refresh_token'] },
    { authorizeParameters: { display: 'touch' } },
    { queryTimeoutSeconds: 30 },
    { apiReservePercent: 20 },
  ])('needs no fresh sign-in for %j, which is no secret, no address and loosens nothing', (change) => {
    expect(needsFreshSignIn(stored(), formOf(change))).toBe(false);
  });

  it.each([
    { consumerSecret: 'new' },
    { removeSecret: 'true' },
    { origin: 'https://other.my.salesforce.com' },
    { clientId: '3MVG9.another' },
    { clientType: 'public' },
    { authorizeUrl: 'https://login.salesforce.com/services/oauth2/authorize' },
    { tokenUrl: 'https://acme.my.salesforce.com/token' },
    { tokenHeaders: { 'X-One': '1' } },
    { tokenParameters: { x_route: 'eu' } },
    { allowSignIn: true },
    { allowRawTokens: true },
    { membership: 'everyone_of_org' },
    { access: 'everyone' },
    { scopes: ['openid', 'api', 'refresh_token', 'full'] },
    { runAsUsername: null },
    { runAsUsername: 'other@acme.com' },
    { outsideHours: 'alert' },
    { readingHours: null },
    { readingHours: { ...HOURS, to: '23:00' } },
  ])('needs one for %j', (change) => {
    expect(needsFreshSignIn(stored(), formOf(change))).toBe(true);
  });

  it('needs one to take a draft into use, and none to go on with it', () => {
    expect(needsFreshSignIn(stored({}, 'draft'), formOf())).toBe(true);
    expect(needsFreshSignIn(stored({}, 'draft'), formOf({ saveAs: 'draft' }))).toBe(false);
  });

  it('needs none to let fewer people in, or as many as before', () => {
    const open = { allowSignIn: true, membership: 'everyone_of_org', access: 'everyone' };
    expect(needsFreshSignIn(stored(open), formOf())).toBe(false);
    expect(needsFreshSignIn(stored(open), formOf(open))).toBe(false);
    expect(needsFreshSignIn(stored(), formOf({ access: 'admins' }))).toBe(false);
  });

  it('needs none to hold service connections to a user, or to refuse reading outside of the hours', () => {
    const loose = { runAsUsername: null, outsideHours: 'alert', readingHours: null };
    expect(needsFreshSignIn(stored(loose), formOf())).toBe(false);
  });
});
