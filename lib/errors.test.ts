import { expect, it, vi } from 'vitest';
import { AppError, toProblem } from './errors';

it('is the same error in each of the bundles of the process, which have classes of their own', async () => {
  vi.resetModules();
  const other = await import('./errors');
  expect(other.AppError).not.toBe(AppError);
  const theirs = new other.AppError('GRANT_ENDED', 'Salesforce ended it.', { nextStep: 'Reconnect.' });
  expect(theirs instanceof AppError).toBe(true);
  expect(toProblem(theirs)).toMatchObject({ code: 'GRANT_ENDED', nextStep: 'Reconnect.' });
});

it('is no other error, whose words stay in the log', () => {
  for (const error of [new Error('x'), new TypeError('x'), { name: 'AppError', code: 'GRANT_ENDED' }, null]) {
    expect(error instanceof AppError).toBe(false);
    expect(toProblem(error).code).toBe('INTERNAL');
  }
});
