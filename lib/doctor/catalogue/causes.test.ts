import { describe, expect, it } from 'vitest';
import { CAUSE_CODES } from '@/lib/connections/types';
import { neighboursOf } from '@/lib/doctor/alternatives';
import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import { CHECKED } from '@/lib/doctor/catalogue/define-causes';
import { SETUP, setupPlaceOf, setupUrl } from '@/lib/doctor/catalogue/setup-places';

const all = Object.entries(CAUSES);

describe('the catalogue', () => {
  it.each(all)('%s says what happened, why, and what to do', (id, cause) => {
    expect(cause.id).toBe(id);
    for (const words of [cause.title, cause.happened, cause.why, ...cause.fix]) {
      expect(words).toMatch(/^[A-Z/].{5,}/);
    }
    expect(cause.fix.length).toBeGreaterThan(0);
    expect(cause.title).not.toMatch(/\.$/);
  });

  it('names a page of Salesforce for whatever Salesforce’s administrators have to do', () => {
    const bare = all.filter(
      ([, { actor, article, setup }]) => actor === 'salesforce_admin' && !(article && setup),
    );
    expect(bare.map(([id]) => id)).toEqual([]);
  });

  it('holds every way in which a grant ends', () => {
    expect(CAUSE_CODES.filter((code) => !CAUSES[`grant.${code}`])).toEqual([]);
  });

  it('is dated by a release of Salesforce and a day', () => {
    expect(CHECKED).toMatch(/^(?:Spring|Summer|Winter) ’\d\d, \d{1,2} [A-Z][a-z]{2} 20\d\d$/);
  });

  it('points to nothing by its place on a page', () => {
    const places = all.filter(([, { happened, why, fix }]) =>
      /\b(?:above|below)\b/.test([happened, why, ...fix].join(' ')),
    );
    expect(places.map(([id]) => id)).toEqual([]);
  });

  it('knows both ways of sending key and secret', () => {
    expect(CAUSES.basic_header_refused.why).toMatch(/HTTP Basic.*body/);
  });

  it('never names a cause as its own alternative', () => {
    const selves = all.filter(([id]) => neighboursOf(id as CauseId).some((other) => other.id === id));
    expect(selves).toEqual([]);
  });
});

describe('a link into Setup', () => {
  it('leads to the org’s own address, and nowhere from a login host', () => {
    expect(setupUrl(SETUP.sessions, 'https://acme.my.salesforce.com')).toBe(
      'https://acme.my.salesforce.com/lightning/setup/SecuritySession/home',
    );
    expect(setupUrl(SETUP.sessions, 'https://login.salesforce.com')).toBeNull();
    expect(setupUrl(null, 'https://acme.my.salesforce.com')).toBeNull();
  });

  it('fits the kind of app, and names both while that is not known', () => {
    const instanceUrl = 'https://acme.my.salesforce.com';
    const at = (appType: 'external_client_app' | 'connected_app' | null) =>
      setupPlaceOf(SETUP.appPolicies, { instanceUrl, appType });
    expect(at('external_client_app').path).toBe('Setup → External Client App Manager → the app → Policies');
    expect(at('connected_app')).toEqual({
      path: 'Setup → App Manager → the app’s row → Manage → Edit Policies',
      url: `${instanceUrl}/lightning/setup/NavigationMenus/home`,
    });
    expect(at(null).path).toMatch(/External Client App Manager.*Connected App: App Manager/);
  });
});
