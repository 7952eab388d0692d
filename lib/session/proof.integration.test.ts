import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import type { PersonContext } from '@/lib/context';
import { createSession } from '@/lib/session/commands';
import { isFresh } from '@/lib/session/context';
import { findSession } from '@/lib/session/queries';
import { makePerson } from '@/tests/factories';

const FACTS = { requestId: 'request-1', ip: '192.0.2.9', userAgent: 'vitest' };

describe('a sign-in', () => {
  const open = async (proven: boolean) => {
    const { id: personId } = await makePerson();
    const id = await withSystem('test', (tx) =>
      createSession(tx, { personId, via: 'test', request: FACTS, replaces: null, proven }),
    );
    return findSession(id, FACTS);
  };

  it('that proves who it is makes a fresh session', async () => {
    expect(isFresh((await open(true)) as PersonContext)).toBe(true);
  });

  it('that proves nothing makes one that was never fresh', async () => {
    const ctx = (await open(false)) as PersonContext;
    expect(ctx.authenticatedAt).toEqual(new Date(0));
    expect(isFresh(ctx)).toBe(false);
  });
});
