import { describe, expect, it } from 'vitest';
import { forecast } from '@/lib/connections/keep-alive/forecast';

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 0, 1 + day, hour));
const connection = { flow: 'authorization_code' as const, retrievedAt: at(10), consentedAt: at(0) };

describe('the forecast of a grant', () => {
  it('counts the idle limit from the last rotation, and keep-alive from two thirds of it', () => {
    expect(forecast(connection, { idleLimitDays: 30, absoluteLimitDays: null })).toEqual({
      endsAt: at(40),
      endsBy: 'idle',
      keepAliveAt: at(30),
    });
  });

  it('is exact for limits that three does not divide', () => {
    const { keepAliveAt } = forecast(connection, { idleLimitDays: 1, absoluteLimitDays: null });
    expect(keepAliveAt).toEqual(at(10, 16));
  });

  it('counts the absolute limit from the consent, and knows no refresh against it', () => {
    expect(forecast(connection, { idleLimitDays: null, absoluteLimitDays: 30 })).toEqual({
      endsAt: at(30),
      endsBy: 'absolute',
      keepAliveAt: null,
    });
  });

  it.each([
    [20, 31, 'idle', at(30)],
    [20, 30, 'idle', at(30)],
    [20, 29, 'absolute', at(29)],
  ])(
    'of idle %i and absolute %i days takes what comes first',
    (idleLimitDays, absoluteLimitDays, endsBy, endsAt) => {
      expect(forecast(connection, { idleLimitDays, absoluteLimitDays })).toMatchObject({ endsBy, endsAt });
    },
  );

  it('sees no end without limits', () => {
    const nothing = { endsAt: null, endsBy: null, keepAliveAt: null };
    expect(forecast(connection, { idleLimitDays: null, absoluteLimitDays: null })).toEqual(nothing);
  });

  it.each(['jwt_bearer', 'client_credentials', 'password'] as const)(
    'sees no end of a grant of the flow %s, which has no refresh token',
    (flow) => {
      expect(forecast({ ...connection, flow }, { idleLimitDays: 1, absoluteLimitDays: 1 }).endsAt).toBeNull();
    },
  );
});
