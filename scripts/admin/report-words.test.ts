import { describe, expect, it } from 'vitest';
import type { BreachReport, ReportedGrant } from '@/lib/custody/breach/report/schema';
import { breachReportInWords } from './report-words';

const AT = '2026-03-06T10:00:00.000Z';

const grant = (values: Partial<ReportedGrant> = {}): ReportedGrant => ({
  kind: 'connection',
  id: 'c1',
  grantId: 'g1',
  ownerName: 'Grace Whitmore',
  environmentName: 'UAT',
  orgId: '00D000000000001EAA',
  username: 'grace@acme.example',
  scopes: ['api', 'refresh_token'],
  outcome: 'confirmed',
  proof: 'introspection',
  error: null,
  endedAt: AT,
  forgottenAt: AT,
  nextTryAt: null,
  ...values,
});

const report = (grants: ReportedGrant[], breach: Partial<BreachReport['breach']> = {}): BreachReport => ({
  statement: 'orgdock breach report',
  version: 1,
  portal: 'https://portal.example',
  issuedAt: AT,
  issuedBy: { id: 'p1', name: 'Ada Lovelace' },
  breach: {
    id: 'b1',
    scope: { kind: 'environment', id: 'e1', name: 'UAT' },
    reason: 'A backup was lost.',
    startedBy: { id: 'p1', name: 'Ada Lovelace' },
    startedAt: AT,
    finishedAt: AT,
    sessions: { asked: true, ended: 3 },
    backups: { keptDays: 30, mayHoldUntil: '2026-04-05T10:00:00.000Z' },
    ...breach,
  },
  grants,
  auditChain: { position: 41, hash: 'h' },
  key: { kid: 'k', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'x' } },
});

describe('a report on a breach in words', () => {
  it('says who, when, why, what, until when backups hold it, and where the audit log stood', () => {
    const words = breachReportInWords(report([grant()]));
    for (const said of [
      'by Ada Lovelace (p1)',
      'the environment UAT (e1)',
      'A backup was lost.',
      '3 ended',
      'they may hold the sealed tokens until 2026-04-05T10:00:00.000Z',
      'verify-audit 41 h',
      'Grace Whitmore · UAT · 00D000000000001EAA · grace@acme.example',
      'ended for certain, 2026-03-06T10:00:00.000Z, seen by introspection',
      'sealed tokens: deleted',
    ]) {
      expect(words).toContain(said);
    }
  });

  it('does not hide what has not ended', () => {
    const open = grant({
      outcome: 'open',
      proof: null,
      endedAt: null,
      forgottenAt: null,
      error: 'http_503',
      nextTryAt: AT,
    });
    const unsent = grant({
      kind: 'stray',
      outcome: 'unsendable',
      proof: null,
      endedAt: null,
      ownerName: null,
      scopes: null,
    });
    const words = breachReportInWords(
      report([open, unsent, grant({ ownerName: null, outcome: 'gave_up' })], {
        finishedAt: null,
        sessions: { asked: false, ended: 0 },
        backups: { keptDays: null, mayHoldUntil: null },
      }),
    );
    for (const said of [
      'Finished:     not yet',
      'none ended, as it was asked',
      'nobody has said how long they are kept',
      'NOT ENDED YET',
      'said at the last try: http_503',
      'tried again at 2026-03-06T10:00:00.000Z',
      'NOT SENT, its token may be a spent one',
      'nobody known · UAT',
      'the portal itself · UAT',
      'NOT CONFIRMED after seven days',
      'sealed tokens: not deleted yet',
    ]) {
      expect(words).toContain(said);
    }
  });
});
