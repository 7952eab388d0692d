import { describe, expect, it } from 'vitest';
import { DEFAULT_SCOPES } from '@/lib/environments/fields/app';
import { LEAST_SCOPES, readScopes, SCOPES, warningsOf } from './scopes';

describe('scopes', () => {
  it('are read with commas, spaces and both, each once', () => {
    expect(readScopes(' openid,api  refresh_token , api\n')).toEqual(['openid', 'api', 'refresh_token']);
    expect(readScopes('')).toEqual([]);
  });

  it('that Orgdock proposes are the least, and give no warning', () => {
    expect(LEAST_SCOPES).toEqual(DEFAULT_SCOPES);
    expect(warningsOf(LEAST_SCOPES)).toEqual([]);
    expect(warningsOf(['openid', 'api', 'offline_access'])).toEqual([]);
  });

  it.each([
    [['openid', 'api', 'full', 'refresh_token'], 'more than Orgdock needs'],
    [['openid', 'refresh_token'], 'no record can be read'],
    [['openid', 'api'], 'end with its session'],
    [['api', 'refresh_token'], 'who has consented'],
    [[...LEAST_SCOPES, 'web'], 'in a browser without a login'],
    [[...LEAST_SCOPES, 'apis'], 'Unknown to Orgdock: apis.'],
  ])('%j are warned of: %s', (scopes, words) => {
    expect(warningsOf(scopes)).toEqual([expect.stringContaining(words)]);
  });

  it('are each offered once, with what they give', () => {
    expect(new Set(SCOPES.map(({ name }) => name)).size).toBe(SCOPES.length);
    for (const { label, gives } of SCOPES) expect(label.length * gives.length).toBeGreaterThan(0);
  });
});
