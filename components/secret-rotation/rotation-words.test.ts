import { describe, expect, it } from 'vitest';
import type { SecretRotation, SecretRotationView } from '@/lib/provisioning/secret-rotation/types';
import { ageWords, nextStepWords, reachWords, timelineOf, warningWords } from './rotation-words';

const NOW = '2026-11-26T12:00:00Z';
const REACH = { people: 2, connections: 3, bootstrap: 0, service: 0, otherEnvironments: [] };
const NOBODY = { ...REACH, people: 0, connections: 0 };
const STAGED: SecretRotation = {
  id: '1',
  source: 'staged_credentials',
  startedBy: 'Ada Lovelace',
  stagedAt: '2026-11-26T10:00:00Z',
  appliedAt: null,
  orgRotated: null,
  behaviour: 'unknown',
  behaviourEvidence: null,
  retiredAt: null,
  cancelledAt: null,
};
const APPLIED = { ...STAGED, appliedAt: '2026-11-26T11:00:00Z' };

const nextOf = (open: SecretRotation, ownConnectionId: string | null = null) =>
  nextStepWords({ open, appType: 'external_client_app', ownConnectionId } as SecretRotationView);

describe('the age of a secret', () => {
  it.each([
    ['2026-11-26T09:00:00Z', 'less than a day old'],
    ['2026-11-25T09:00:00Z', '1 day old'],
    ['2025-11-27T12:00:00Z', '364 days old'],
  ])('since %s is %s', (since, age) => {
    expect(ageWords(since, NOW)).toBe(age);
  });
});

describe('the warning before applying', () => {
  it('gives the exact numbers while nothing is known of the org', () => {
    const warning = warningWords(
      { behaviour: 'unknown', evidence: null },
      { ...REACH, bootstrap: 1, service: 1 },
    );
    expect(warning.isWarning).toBe(true);
    expect(warning.text).toContain('2 people (3 connections) and 1 set-up grant will have to reconnect.');
    expect(warning.text).toContain('1 service connection gets a new access token');
  });

  it('is none when nobody holds a grant', () => {
    expect(warningWords({ behaviour: 'unknown', evidence: null }, NOBODY)).toMatchObject({
      isWarning: false,
    });
    expect(reachWords(NOBODY)).toContain('nobody has to reconnect');
  });

  it.each([
    ['keeps_old', false],
    ['revokes_all', true],
  ] as const)('names the evidence for %s', (behaviour, isWarning) => {
    const warning = warningWords({ behaviour, evidence: 'Seen on Monday.' }, REACH);
    expect(warning).toMatchObject({ isWarning });
    expect(warning.text).toContain('Seen on Monday.');
  });
});

describe('the next step', () => {
  it.each<[string, SecretRotation, RegExp]>([
    ['a staged secret', STAGED, /apply the new secret/],
    ['an org whose answer was lost', APPLIED, /ask the org/],
    ['an org that has not rotated', { ...APPLIED, orgRotated: false }, /tell the org again/],
    ['an org that has', { ...APPLIED, orgRotated: true }, /wait for the first success/],
    ['a pasted secret', { ...APPLIED, source: 'pasted' }, /wait for the first success/],
  ])('of %s', (_name, open, title) => {
    expect(nextOf(open).title).toMatch(title);
  });

  it('of a pasted secret leads to Salesforce, of the org’s own it does not', () => {
    expect(nextOf({ ...APPLIED, source: 'pasted' }).text).toContain('External Client App Manager');
    expect(nextOf({ ...APPLIED, orgRotated: true }).text).not.toContain('External Client App Manager');
    const existing = {
      open: { ...APPLIED, source: 'pasted' },
      appType: 'connected_app',
      ownConnectionId: null,
    };
    expect(nextStepWords(existing as SecretRotationView).text).toContain(
      'App Manager → the app’s row → View',
    );
  });

  it('offers a refresh to who has a connection', () => {
    expect(nextOf({ ...APPLIED, orgRotated: true }, 'id').text).toContain('refresh your own connection now');
  });
});

describe('the timeline', () => {
  it('has four steps, of which those to come have no time', () => {
    expect(timelineOf(STAGED).map(({ at }) => at !== null)).toEqual([true, false, false, false]);
    expect(timelineOf(APPLIED).map(({ at }) => at !== null)).toEqual([true, true, false, false]);
    expect(timelineOf({ ...APPLIED, retiredAt: NOW }).every(({ at }) => at !== null)).toBe(true);
  });

  it('says who began and what the org did', () => {
    const [staged, applied] = timelineOf({ ...APPLIED, orgRotated: true });
    expect(staged?.hint).toContain('Ada Lovelace');
    expect(applied?.hint).toBe('The org has rotated.');
  });
});
