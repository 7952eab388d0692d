import { describe, expect, it } from 'vitest';
import { inServiceWords } from '@/lib/connections/service/words/in-service-words';
import { serviceCondition } from '@/lib/connections/service/words/service-condition';
import { AppError, type ErrorCode } from '@/lib/errors';

const salesforce = { error: 'invalid_grant', description: 'invalid assertion', status: 400 };

describe('the error of a service connection', () => {
  it.each([
    ['GRANT_DISCONNECTED', /was removed/],
    ['GRANT_APP_CHANGED', /app of this environment was changed/],
    ['CONSENT_WRONG_ORG', /another org/],
    ['CONSENT_WRONG_USER', /another user/],
  ] as const)('says %s in its own words', (code, message) => {
    const read = inServiceWords(new AppError(code, 'x', { nextStep: 'Reconnect.', salesforce }));
    expect(read).toMatchObject({ code, message: expect.stringMatching(message), salesforce });
    expect(read.nextStep).not.toMatch(/reconnect/i);
  });

  it('reads Salesforce’s refusal as that of a flow without a person', () => {
    const read = inServiceWords(new AppError('GRANT_ENDED', 'Reconnect.', { salesforce }));
    expect(read).toMatchObject({ code: 'GRANT_CREDENTIALS_REFUSED', salesforce });
  });

  it('leaves "later" and Orgdock’s own errors as they are', () => {
    const later = new AppError('SALESFORCE_UNAVAILABLE', 'Later.', { nextStep: 'Wait.', salesforce });
    expect(inServiceWords(later)).toMatchObject({ message: 'Later.', nextStep: 'Wait.', salesforce });
    const busy = inServiceWords(new AppError('REFRESH_BUSY', 'Busy.', { details: { host: 'x' } }));
    expect(busy).toMatchObject({ code: 'REFRESH_BUSY', message: 'Busy.', details: { host: 'x' } });
    expect(busy.nextStep).toMatch(/administrator/);
  });
});

describe('the condition of a service connection', () => {
  const row = {
    connection: { flow: 'jwt_bearer', retrievedAt: new Date('2026-11-01T00:00:00Z') },
    environment: { name: 'Production' },
    allowPasswordFlow: false,
  };
  const password = { ...row, connection: { ...row.connection, flow: 'password' } };
  const problem = (code: ErrorCode) => ({
    code,
    message: 'x',
    nextStep: 'y',
    salesforce: null,
    cause: null,
    at: '2026-11-02T00:00:00Z',
  });

  it('is never unknown, because nothing can be consumed', () => {
    const unknown = { health: 'unknown', problem: problem('GRANT_OUTCOME_UNKNOWN') } as const;
    expect(serviceCondition(row, unknown)).toEqual({ health: 'healthy', problem: null });
  });

  it('is refused while its flow is switched off, unless something else is wrong', () => {
    const healthy = { health: 'healthy', problem: null } as const;
    expect(serviceCondition(row, healthy)).toEqual(healthy);
    expect(serviceCondition({ ...password, allowPasswordFlow: true }, healthy)).toEqual(healthy);
    expect(serviceCondition(password, healthy)).toMatchObject({
      health: 'app_refused',
      problem: { code: 'APP_FLOW_DISABLED', at: '2026-11-01T00:00:00.000Z' },
    });
    const wrong = { health: 'needs_reconnect', problem: problem('CONSENT_WRONG_USER') } as const;
    expect(serviceCondition(password, wrong)).toMatchObject({
      health: 'needs_reconnect',
      problem: { code: 'CONSENT_WRONG_USER', at: '2026-11-02T00:00:00Z' },
    });
  });
});
