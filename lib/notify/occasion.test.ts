import { describe, expect, it } from 'vitest';
import { occasionOf, type Watched } from '@/lib/notify/occasion';

const start = Date.UTC(2026, 0, 1);
const onDay = (days: number) => new Date(start + days * 86_400_000);

function watched(changes: Partial<Watched> = {}): Watched {
  return {
    flow: 'authorization_code',
    state: 'idle',
    grantId: 'grant',
    generation: 3,
    keepAlive: false,
    retrievedAt: onDay(0),
    consentedAt: onDay(0),
    problemAt: null,
    idleLimitDays: 30,
    absoluteLimitDays: null,
    appChanged: false,
    ...changes,
  };
}

const stageAt = (days: number, changes: Partial<Watched> = {}) => {
  const occasion = occasionOf(watched(changes), onDay(days));
  return occasion?.kind === 'connection_ends_soon' ? occasion.stage : (occasion?.kind ?? null);
};

describe('a connection without keep-alive', () => {
  it.each([
    [22.9, null],
    [23, 'week'],
    [28.9, 'week'],
    [29, 'day'],
    [29.9, 'day'],
    [30, 'past'],
    [300, 'past'],
  ])('after %d of 30 days is worth telling: %s', (days, stage) => {
    expect(stageAt(days)).toBe(stage);
  });

  it('with a short limit is not told of right after each refresh', () => {
    expect(stageAt(1, { idleLimitDays: 3 })).toBeNull();
    expect(stageAt(2, { idleLimitDays: 3 })).toBe('week');
    expect(stageAt(2.8, { idleLimitDays: 3 })).toBe('day');
  });

  it('is told of once per stage, and again after a refresh or another limit', () => {
    const key = (days: number, changes: Partial<Watched> = {}) =>
      occasionOf(watched(changes), onDay(days))?.key;
    expect(key(23)).toBe('grant/3/2026-01-31/week');
    expect(key(28)).toBe(key(23));
    expect(
      new Set([key(23), key(29.5), key(30), key(23, { generation: 4 }), key(25, { idleLimitDays: 31 })]).size,
    ).toBe(5);
  });
});

describe('a connection with keep-alive', () => {
  it('is nobody’s worry while keep-alive works, or has a twelfth of the limit left to begin', () => {
    for (const idleLimitDays of [1, 3, 7, 30, 365]) {
      for (let share = 0; share < 0.75; share += 0.01) {
        expect(stageAt(idleLimitDays * share, { idleLimitDays, keepAlive: true })).toBeNull();
      }
    }
  });

  it('is told of when keep-alive fails', () => {
    expect(stageAt(23, { keepAlive: true })).toBe('week');
    expect(stageAt(29, { keepAlive: true })).toBe('day');
    expect(stageAt(0.76, { keepAlive: true, idleLimitDays: 1 })).toBe('week');
  });

  it('is told of before an absolute limit, against which it does not help', () => {
    const limits = { keepAlive: true, idleLimitDays: 30, absoluteLimitDays: 20 };
    expect(stageAt(12, limits)).toBeNull();
    expect(stageAt(13.5, limits)).toBe('week');
    expect(stageAt(19, limits)).toBe('day');
  });
});

describe('a connection that has ended', () => {
  it('is told of once, whether it was unknown first or not', () => {
    const refused = occasionOf(watched({ state: 'needs_reconnect', problemAt: onDay(0) }), onDay(0));
    expect(refused).toEqual({ kind: 'connection_ended', key: 'grant/3' });
    expect(occasionOf(watched({ state: 'uncertain', problemAt: onDay(0) }), onDay(1))).toEqual(refused);
  });

  it('is not told of while an unknown outcome may still be settled', () => {
    expect(stageAt(0.01, { state: 'uncertain', problemAt: onDay(0) })).toBeNull();
  });

  it('because its app was changed is told of', () => {
    expect(stageAt(0, { appChanged: true })).toBe('connection_ended');
  });

  it.each(['refreshing', 'disconnecting', 'disconnected'] as const)('but is %s is not', (state) => {
    expect(stageAt(30, { state, appChanged: true })).toBeNull();
  });
});
