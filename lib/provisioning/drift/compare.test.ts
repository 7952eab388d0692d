import { describe, expect, it } from 'vitest';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';
import { compareApp } from './compare';
import type { AppFacts } from './types';

const WANTED = wantedAppOf(
  {
    slug: 'uat',
    name: 'UAT',
    scopes: ['openid', 'api', 'refresh_token'],
    redirectUri: 'https://portal.example/api/auth/callback/uat',
    clientType: 'confidential',
    contactEmail: 'admin@acme.example',
    idleLimitDays: 30,
    absoluteLimitDays: null,
  },
  { permittedUsers: 'AllSelfAuthorized', permissionSet: null },
);

const RIGHT: AppFacts = {
  found: true,
  external: true,
  enabled: true,
  oauthEnabled: true,
  scopes: ['openid', 'api', 'refresh_token', 'web'],
  permittedUsers: 'AllSelfAuthorized',
  ipRelaxation: 'Enforce',
  refreshTokenType: 'SpecificInactivity',
  refreshTokenPeriod: 30,
  refreshTokenUnit: 'Days',
  callbackUrls: ['https://portal.example/api/auth/callback/uat'],
  secretRequiredForRefresh: true,
  callbackRegistered: true,
  pkceRequired: true,
  secretRequired: true,
  rotation: true,
};

const rowsFor = (changes: Partial<AppFacts>, wanted = WANTED) =>
  compareApp(wanted, 'external_client_app', { ...RIGHT, ...changes });
const differing = (changes: Partial<AppFacts>, wanted = WANTED) =>
  rowsFor(changes, wanted).flatMap(({ id, state }) => (state === 'different' ? [id] : []));

describe('the comparison of an app with what it should be', () => {
  it('finds no difference where there is none, and says what nothing shows', () => {
    expect(differing({})).toEqual([]);
    const unseen = { secretRequiredForRefresh: null, callbackUrls: null, callbackRegistered: null };
    expect(rowsFor(unseen).flatMap(({ id, state }) => (state === 'unknown' ? [id] : []))).toEqual([
      'callback',
      'secret_refresh',
    ]);
  });

  it.each<[string, Partial<AppFacts>]>([
    ['rotation', { rotation: false }],
    ['pkce', { pkceRequired: false }],
    ['callback', { callbackUrls: ['https://portal.example/api/auth/callback/uat/'] }],
    ['callback', { callbackUrls: null, callbackRegistered: false }],
    ['secret_refresh', { secretRequiredForRefresh: false }],
    ['scopes', { scopes: ['openid', 'api'] }],
    ['ip_relaxation', { ipRelaxation: 'Bypass' }],
    ['permitted_users', { permittedUsers: 'AdminApprovedPreAuthorized' }],
    ['refresh_policy', { refreshTokenType: 'Infinite', refreshTokenPeriod: null, refreshTokenUnit: null }],
    ['refresh_policy', { refreshTokenPeriod: 30, refreshTokenUnit: 'Hours' }],
    ['refresh_policy', { refreshTokenType: 'SpecificLifetime' }],
    ['refresh_policy', { refreshTokenType: 'Zero' }],
    ['oauth_enabled', { oauthEnabled: false }],
    ['enabled', { enabled: false }],
    ['secret_web_server', { secretRequired: false }],
  ])('sees a changed %s, with the reason and where to put it right', (id, changes) => {
    expect(differing(changes)).toEqual([id]);
    const row = rowsFor(changes).find((one) => one.id === id);
    expect(row?.why).not.toBe('');
    expect(row?.path).toContain('Setup → External Client App Manager');
  });

  it('takes the same span in another unit as the same', () => {
    expect(differing({ refreshTokenPeriod: 720, refreshTokenUnit: 'Hours' })).toEqual([]);
  });

  it('takes either name of the refresh token, and full for every scope but that', () => {
    expect(differing({ scopes: ['openid', 'api', 'offline_access'] })).toEqual([]);
    expect(differing({ scopes: ['full', 'refresh_token'] })).toEqual([]);
    expect(differing({ scopes: ['full'] })).toEqual(['scopes']);
  });

  it('does not miss a scope that no org shows', () => {
    const wanted = { ...WANTED, scopes: [...WANTED.scopes, 'eclair_api', 'web'] };
    expect(differing({}, wanted)).toEqual([]);
    expect(differing({ scopes: WANTED.scopes }, wanted)).toEqual(['scopes']);
    expect(rowsFor({ scopes: WANTED.scopes }, wanted).map(({ seen }) => seen)).toContain(
      'openid api refresh_token; missing: web',
    );
  });

  it('leaves who may use the app to the org where nothing was chosen', () => {
    expect(
      differing({ permittedUsers: 'AdminApprovedPreAuthorized' }, { ...WANTED, permittedUsers: null }),
    ).toEqual([]);
  });

  it('is all different when the org has no such app', () => {
    expect(new Set(rowsFor({ found: false }).map(({ state }) => state))).toEqual(new Set(['different']));
  });
});
