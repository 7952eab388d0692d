import { describe, expect, it } from 'vitest';
import type { ProblemEvidence } from '@/db/schema/connections';
import { connectionError, errorOfRow, healthOf, problemOf } from '@/lib/connections/problem';

const row = {
  problemCode: null as string | null,
  problemError: null as string | null,
  problemDescription: null,
  problemStatus: null,
  problemAt: null as Date | null,
  problemCause: null as string | null,
  problemEvidence: null as ProblemEvidence | string[] | null,
};

describe('the problem of a connection', () => {
  it('is none while it is well', () => {
    expect(problemOf(row)).toBeNull();
    expect(errorOfRow(row)).toBeNull();
  });

  it('has Salesforce’s words beside ours', () => {
    const at = new Date('2026-01-02T03:04:05Z');
    expect(
      problemOf({
        ...row,
        problemCode: 'GRANT_ENDED',
        problemError: 'invalid_grant',
        problemDescription: 'expired access/refresh token' as unknown as null,
        problemAt: at,
      }),
    ).toMatchObject({
      code: 'GRANT_ENDED',
      salesforce: { error: 'invalid_grant', description: 'expired access/refresh token', status: null },
      at: '2026-01-02T03:04:05.000Z',
    });
  });

  it('has the cause that was written down with it, whose next step is the one next step', () => {
    const evidence: ProblemEvidence = {
      certainty: 'likely',
      sentences: ['The last refresh was long ago.'],
      alsoPossible: ['revoked', 'a cause of a later version'],
    };
    const problem = problemOf({
      ...row,
      problemCode: 'GRANT_ENDED',
      problemError: 'invalid_grant',
      problemCause: 'user_inactive',
      problemEvidence: evidence,
    });
    expect(problem?.cause).toMatchObject({
      code: 'user_inactive',
      certainty: 'likely',
      title: 'The Salesforce user is inactive or frozen',
      evidence: evidence.sentences,
      alsoPossible: [{ code: 'revoked', title: 'The grant was revoked in Salesforce' }],
      step: 'salesforce',
    });
    expect(problem?.nextStep).toMatch(/^Ask a Salesforce administrator to activate or unfreeze/);
  });

  it('has a cause that was noted before the end', () => {
    const stored = { ...row, problemCode: 'GRANT_ENDED', problemError: 'invalid_grant' };
    const noted = { problemCause: 'five_grants', problemEvidence: ['It was this one.'] };
    expect(problemOf({ ...stored, ...noted })?.cause).toMatchObject({
      code: 'five_grants',
      certainty: 'likely',
      evidence: ['It was this one.'],
    });
  });

  it.each([
    { problemCause: null, problemEvidence: null },
    {
      problemCause: 'of_a_later_version',
      problemEvidence: { certainty: 'certain', sentences: [], alsoPossible: [] },
    },
    { problemCause: 'revoked', problemEvidence: null },
  ] as const)('has no cause when none can be read from %j', (cause) => {
    const stored = cause as Pick<typeof row, 'problemCause' | 'problemEvidence'>;
    const problem = problemOf({
      ...row,
      ...stored,
      problemCode: 'GRANT_ENDED',
      problemError: 'invalid_grant',
    });
    expect(problem).toMatchObject({ cause: null, nextStep: expect.stringMatching(/^Reconnect/) });
  });

  it('always has a next step', () => {
    for (const code of [
      'GRANT_OUTCOME_UNKNOWN',
      'GRANT_DISCONNECTED',
      'REVOCATION_UNCONFIRMED',
      'CONFLICT',
    ] as const) {
      expect(connectionError(code, null).nextStep).toMatch(/\w/);
      expect(problemOf({ ...row, problemCode: code })).toMatchObject({ code, salesforce: null });
    }
  });
});

describe('healthOf', () => {
  const idle = { state: 'idle', revocation: 'none', leaseIsLive: false, problemCode: null } as const;

  it.each([
    [idle, 'healthy'],
    [{ ...idle, problemCode: 'APP_SECRET_INVALID' }, 'app_refused'],
    [{ ...idle, state: 'refreshing', leaseIsLive: true }, 'refreshing'],
    [{ ...idle, state: 'refreshing' }, 'unknown'],
    [{ ...idle, state: 'uncertain' }, 'unknown'],
    [{ ...idle, state: 'needs_reconnect' }, 'needs_reconnect'],
    [{ ...idle, state: 'disconnecting', revocation: 'pending', leaseIsLive: true }, 'revoking'],
    [{ ...idle, state: 'disconnecting', revocation: 'pending' }, 'disconnected'],
    [{ ...idle, state: 'disconnecting', revocation: 'pending', revocationNextAt: new Date() }, 'revoking'],
    [{ ...idle, state: 'disconnecting', revocation: 'unconfirmed' }, 'disconnected'],
    [{ ...idle, state: 'disconnected', revocation: 'confirmed' }, 'disconnected'],
  ] as const)('reads %j as %s', (state, health) => {
    expect(healthOf(state)).toBe(health);
  });
});
