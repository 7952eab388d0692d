import { randomUUID } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registry } from '@/lib/registry';
import { decodeSessionToken, encodeSessionToken, sessionSecret } from './token';

afterEach(() => {
  vi.useRealTimers();
  registry().slots.delete('env');
  registry().slots.delete('session-secret');
});

describe('the session token', () => {
  it('carries the session id and nothing else of ours', async () => {
    const id = randomUUID();
    const token = await encodeSessionToken(id);
    expect(await decodeSessionToken(token)).toBe(id);
    const claims = await decode({ token, secret: sessionSecret() });
    expect(Object.keys(claims ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid']);
  });

  it.each([null, '', 'rubbish', 'a.b.c.d.e'])('is null for %j', async (value) => {
    expect(await decodeSessionToken(value)).toBeNull();
  });

  it('is null when it was made with another secret, for another purpose, or holds no id', async () => {
    const sid = randomUUID();
    expect(await decodeSessionToken(await encode({ token: { sid }, secret: 'another' }))).toBeNull();
    expect(
      await decodeSessionToken(await encode({ token: { sid }, secret: sessionSecret(), salt: 'x' })),
    ).toBeNull();
    for (const bad of [{}, { sid: 1 }, { sid: "' OR 1=1" }]) {
      expect(await decodeSessionToken(await encode({ token: bad, secret: sessionSecret() }))).toBeNull();
    }
  });

  it('ends after seven days, whether it was seen before or not', async () => {
    const [token, unseen] = [await encodeSessionToken(randomUUID()), await encodeSessionToken(randomUUID())];
    vi.useFakeTimers({ now: Date.now() + 7 * 24 * 3600_000 - 60_000, toFake: ['Date'] });
    expect(await decodeSessionToken(token)).not.toBeNull();
    vi.setSystemTime(Date.now() + 120_000);
    expect(await decodeSessionToken(token)).toBeNull();
    expect(await decodeSessionToken(unseen)).toBeNull();
  });

  it('has a secret that is derived from the key ring when none is set', () => {
    vi.stubEnv('NEXTAUTH_SECRET', '');
    registry().slots.delete('env');
    registry().slots.delete('session-secret');
    expect(sessionSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
