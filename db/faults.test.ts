import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { databaseCode, isDatabaseAway, isUniqueViolation, runGuarded } from './faults';

function fault(code: string, more: object = {}): Error {
  return Object.assign(new Error('from the database'), { code, ...more });
}

describe('faults of the database', () => {
  it('are found below the wrapper that repeats the parameters', () => {
    const wrapped = new DrizzleQueryError('INSERT', ['secret'], fault('23505', { constraint: 'one' }));
    expect(databaseCode(wrapped)).toBe('23505');
    expect(isUniqueViolation(wrapped)).toBe(true);
    expect(isUniqueViolation(wrapped, 'one')).toBe(true);
    expect(isUniqueViolation(wrapped, 'another')).toBe(false);
    expect(isUniqueViolation(fault('42501'))).toBe(false);
    expect(databaseCode('text')).toBeNull();
  });

  it('are found below the wrapper of another bundle, whose class is not ours', () => {
    const wrapper = { query: 'INSERT', params: ['secret'], cause: fault('23505') };
    expect(isUniqueViolation(Object.assign(new Error('Failed query: secret'), wrapper))).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03', '57P05', '08006', '58000', '53300'])(
    'knows %s as "away"',
    (code) => {
      expect(isDatabaseAway(fault(code))).toBe(true);
    },
  );

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ])('knows node-postgres’ "%s", which has no code, as "away"', (message) => {
    expect(isDatabaseAway(new Error(message))).toBe(true);
    expect(isDatabaseAway(new DrizzleQueryError('SELECT', [], new Error(message)))).toBe(true);
    expect(isDatabaseAway(new Error(`not ${message}`))).toBe(false);
  });

  it('leave without parameters, and as UNAVAILABLE when the server is away', async () => {
    const wrong = new DrizzleQueryError('SELECT', ['secret'], fault('22012'));
    await expect(runGuarded(() => Promise.reject(wrong))).rejects.toThrow('from the database');
    const away = runGuarded(() => Promise.reject(fault('57P01')));
    await expect(away).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const nul = new DrizzleQueryError('SELECT', ['\u0000'], fault('22021'));
    await expect(runGuarded(() => Promise.reject(nul))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const own = new AppError('NOT_FOUND', 'no');
    await expect(runGuarded(() => Promise.reject(own))).rejects.toBe(own);
    const bare = new DrizzleQueryError('SELECT', ['secret']);
    await expect(runGuarded(() => Promise.reject(bare))).rejects.toThrow('The query failed.');
  });
});
