import { describe, expect, it } from 'vitest';
import { causeWords } from '@/lib/connections/cause/cause-words';
import { nameCause } from '@/lib/connections/cause/name-cause';
import type { Evidence } from '@/lib/connections/cause/types';
import type { CauseCode, Certainty } from '@/lib/connections/types';
import type { ErrorCode } from '@/lib/errors';

const NOW = new Date('2026-03-31T10:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const fault = { error: 'invalid_grant', description: 'expired access/refresh token', status: 400 };

/** A refusal about which nothing is known but Salesforce's one text. */
const bare: Evidence = {
  now: NOW,
  code: 'GRANT_ENDED',
  fault,
  environment: {
    kind: 'production',
    idleLimitDays: 30,
    absoluteLimitDays: null,
    secretChangedAt: daysAgo(300),
  },
  grant: {
    orgId: '00D000000000001EAA',
    instanceUrl: 'https://acme.my.salesforce.com',
    consentedAt: daysAgo(100),
    retrievedAt: daysAgo(9),
  },
  unsettled: [],
  inactiveAt: null,
  restored: null,
  noted: [],
  youngerGrants: 0,
  endedNearby: { ofApp: 0, ofUser: 0 },
  accepted: { app: null, user: null },
  answer: null,
};

const environment = (changes: Partial<Evidence['environment']>) => ({
  environment: { ...bare.environment, ...changes },
});
const grant = (changes: Partial<Evidence['grant']>) => ({ grant: { ...bare.grant, ...changes } });

describe('an end that Salesforce names', () => {
  it.each<[ErrorCode, CauseCode, Certainty, Partial<Evidence>]>([
    ['IP_RESTRICTED', 'ip_restricted', 'certain', {}],
    ['USER_INACTIVE', 'user_inactive', 'certain', {}],
    ['APP_USER_NOT_APPROVED', 'not_approved', 'certain', {}],
    ['APP_BLOCKED', 'app_blocked', 'certain', {}],
    ['APP_NOT_INSTALLED', 'app_blocked', 'certain', {}],
    ['APP_FLOW_DISABLED', 'app_blocked', 'certain', {}],
    ['APP_CLIENT_ID_INVALID', 'app_blocked', 'likely', {}],
    ['APP_SECRET_INVALID', 'secret_rotated', 'certain', {}],
    ['APP_SECRET_INVALID', 'secret_rotated', 'certain', environment({ secretChangedAt: null })],
    ['APP_SECRET_INVALID', 'secret_rotated', 'likely', environment({ secretChangedAt: daysAgo(1) })],
    ['ORG_INACTIVE', 'org_closed', 'certain', {}],
    ['CONSENT_WRONG_ORG', 'sandbox_refreshed', 'certain', environment({ kind: 'sandbox' })],
    ['CONSENT_WRONG_ORG', 'sandbox_refreshed', 'possible', {}],
    ['HOST_NOT_ALLOWED', 'instance_moved', 'likely', {}],
    ['GRANT_OUTCOME_UNKNOWN', 'answer_lost', 'likely', {}],
    ['GRANT_OUTCOME_UNKNOWN', 'answer_lost', 'certain', { unsettled: [daysAgo(1)], inactiveAt: NOW }],
    ['CONSENT_WRONG_USER', 'unknown', 'possible', {}],
    ['SALESFORCE_REFUSED', 'unknown', 'possible', {}],
  ])('%s is %s, %s', (code, cause, certainty, changes) => {
    const named = nameCause({ ...bare, code, ...changes });
    expect(named).toMatchObject({ cause, certainty });
    expect(causeWords(named.cause).nextStep).toMatch(/^[A-Z].*\.$/);
  });

  it('quotes both orgs when the answer is of another one', () => {
    const answer = { orgId: '00D000000000009EAA', instanceUrl: 'https://acme.my.salesforce.com' };
    const { evidence } = nameCause({
      ...bare,
      ...environment({ kind: 'uat' }),
      code: 'CONSENT_WRONG_ORG',
      answer,
    });
    expect(evidence[0]).toContain('00D000000000009EAA');
    expect(evidence[0]).toContain('00D000000000001EAA');
  });

  it('quotes both addresses when the org has moved where Orgdock does not call', () => {
    const answer = { orgId: '', instanceUrl: 'https://evil.example' };
    const named = nameCause({ ...bare, code: 'HOST_NOT_ALLOWED', answer });
    expect(named.evidence).toEqual([
      'Salesforce named https://evil.example as the org’s address; before, it was https://acme.my.salesforce.com.',
    ]);
    const silent = nameCause({ ...bare, code: 'HOST_NOT_ALLOWED', answer: { orgId: '', instanceUrl: '' } });
    expect(silent.evidence[0]).toContain('nothing readable');
  });

  it.each<ErrorCode>(['ORG_INACTIVE', 'APP_CLIENT_ID_INVALID'])(
    'may be a sandbox that was refreshed when %s comes from a sandbox',
    (code) => {
      expect(nameCause({ ...bare, code }).alsoPossible).toEqual([]);
      const sandbox = nameCause({ ...bare, ...environment({ kind: 'sandbox' }), code });
      expect(sandbox.alsoPossible).toEqual(['sandbox_refreshed']);
    },
  );
});

describe('an end that Salesforce does not name', () => {
  it('may be anything that nothing speaks against, and says that these read alike', () => {
    const named = nameCause(bare);
    expect(named).toMatchObject({ cause: 'revoked', certainty: 'possible' });
    expect(named.alsoPossible).toEqual([
      'user_inactive',
      'password_changed',
      'app_blocked',
      'secret_rotated',
    ]);
    expect(named.evidence).toEqual([
      'The last tokens came on 22 March 2026 at 10:00 UTC, 9 days ago, within the app’s idle limit of 30 days.',
      expect.stringContaining('Only the org’s own logs tell them apart.'),
    ]);
  });

  it.each<[string, CauseCode, Partial<Evidence>, RegExp]>([
    [
      'a request before whose answer never came',
      'replayed',
      { unsettled: [daysAgo(1)] },
      /sent before, on 30 March 2026/,
    ],
    ['a restored database', 'replayed', { restored: 'the timeline has changed' }, /restored from a backup/],
    ['a sixth consent that was noted', 'five_grants', { noted: ['It was this one.'] }, /^It was this one\.$/],
    ['five younger grants', 'five_grants', { youngerGrants: 5 }, /5 younger grants .* keeps five/],
    ['an idle time beyond the limit', 'idle_limit', grant({ retrievedAt: daysAgo(30) }), /30 days ago/],
    [
      'an age beyond the limit',
      'absolute_limit',
      environment({ absoluteLimitDays: 90 }),
      /100 days ago.* end 90 days after consent/,
    ],
    [
      'a secret changed here since',
      'secret_rotated',
      environment({ secretChangedAt: daysAgo(1) }),
      /changed here on/,
    ],
    [
      'others of the app',
      'app_blocked',
      { endedNearby: { ofApp: 3, ofUser: 0 } },
      /3 other grants of the same app/,
    ],
  ])('%s speaks for %s', (_, cause, changes, words) => {
    const named = nameCause({ ...bare, ...changes });
    expect(named).toMatchObject({ cause, certainty: 'likely' });
    expect(named.evidence[0]).toMatch(words);
    expect(named.alsoPossible).toContain('revoked');
    expect(named.alsoPossible).not.toContain(cause);
  });

  it('one day before a limit nothing speaks for that limit', () => {
    const codes = (changes: Partial<Evidence>) => {
      const named = nameCause({ ...bare, ...changes });
      return [named.cause, ...named.alsoPossible];
    };
    expect(codes(grant({ retrievedAt: daysAgo(29.9) }))).not.toContain('idle_limit');
    expect(codes(environment({ absoluteLimitDays: 101 }))).not.toContain('absolute_limit');
    expect(codes({ youngerGrants: 4 }).at(-1)).toBe('five_grants');
  });

  it('without an idle limit a month of silence makes one possible', () => {
    const silent = { ...environment({ idleLimitDays: null }), ...grant({ retrievedAt: daysAgo(45) }) };
    const named = nameCause({ ...bare, ...silent });
    expect(named).toMatchObject({ certainty: 'possible' });
    expect([named.cause, ...named.alsoPossible]).toContain('idle_limit');
    const busy = nameCause({ ...bare, ...environment({ idleLimitDays: null }) });
    expect(busy.alsoPossible).not.toContain('idle_limit');
    expect(busy.evidence[0]).toBe('The last tokens came on 22 March 2026 at 10:00 UTC, 9 days ago.');
  });

  it('ranks several facts and names them all', () => {
    const named = nameCause({
      ...bare,
      ...grant({ retrievedAt: daysAgo(40) }),
      unsettled: [daysAgo(2)],
      youngerGrants: 6,
    });
    expect(named.cause).toBe('replayed');
    expect(named.alsoPossible.slice(0, 2)).toEqual(['five_grants', 'idle_limit']);
    expect(named.evidence.join(' ')).toMatch(/sent before.*younger grants.*40 days ago/s);
  });

  it('is not the app’s when Salesforce has just accepted the app', () => {
    const named = nameCause({
      ...bare,
      ...environment({ secretChangedAt: daysAgo(1), kind: 'sandbox' }),
      endedNearby: { ofApp: 1, ofUser: 0 },
      accepted: { app: NOW, user: null },
    });
    const codes = [named.cause, ...named.alsoPossible];
    for (const code of ['app_blocked', 'secret_rotated', 'sandbox_refreshed'])
      expect(codes).not.toContain(code);
    expect(named.evidence.join(' ')).toContain('so it is hardly the app');
  });

  it('is not an inactive user’s when Salesforce has just let the user in', () => {
    const named = nameCause({ ...bare, accepted: { app: null, user: NOW } });
    expect([named.cause, ...named.alsoPossible]).not.toContain('user_inactive');
    expect(named.evidence.join(' ')).toContain('hardly inactive or frozen');
  });

  it('is the user’s when other grants of the user ended with it, the app’s when those of others did', () => {
    const ofUser = nameCause({ ...bare, endedNearby: { ofApp: 0, ofUser: 2 } });
    expect([ofUser.cause, ...ofUser.alsoPossible]).toEqual(['revoked', 'user_inactive', 'password_changed']);
    expect(ofUser.evidence.join(' ')).toContain('2 other grants of the same Salesforce user');
    const ofApp = nameCause({
      ...bare,
      ...environment({ kind: 'uat' }),
      endedNearby: { ofApp: 1, ofUser: 2 },
    });
    expect([ofApp.cause, ...ofApp.alsoPossible]).toEqual([
      'app_blocked',
      'revoked',
      'secret_rotated',
      'sandbox_refreshed',
    ]);
    expect(ofApp.evidence[0]).toContain('1 other grant of the same app');
  });

  it('never names a token, and ends every sentence', () => {
    const named = nameCause({
      ...bare,
      youngerGrants: 5,
      unsettled: [NOW],
      endedNearby: { ofApp: 1, ofUser: 1 },
    });
    for (const sentence of named.evidence) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });
});
