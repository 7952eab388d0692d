import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { rateLimits } from '@/db/schema';
import { countAgainst } from '@/lib/limits/count';
import { LIMITS } from '@/lib/limits/limits';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

const { points, seconds } = LIMITS.setup_token;

/** Another replica knows nothing of what this one has counted in memory. */
function asAnotherReplica(): void {
  for (const slot of registry().slots.keys()) if (slot.startsWith('limits.')) registry().slots.delete(slot);
}

describe('a limit', () => {
  it('refuses what is too much, over all replicas, and says when to come again', async () => {
    const key = randomUUID();
    for (let count = 0; count < points; count += 1) {
      asAnotherReplica();
      await countAgainst('setup_token', key);
    }
    await expect(countAgainst('setup_token', key)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      nextStep: expect.stringMatching(/^Try again in \d+ minutes\.$/),
      details: { retryAfter: expect.stringMatching(/^\d+$/) },
    });
    await expect(countAgainst('setup_token', randomUUID())).resolves.toBeUndefined();
    await expect(countAgainst('sign_in_link', key)).resolves.toBeUndefined();
  });

  it('counts acts that come at once, each of them', async () => {
    const key = randomUUID();
    const acts = Array.from({ length: points + 5 }, () => countAgainst('setup_token', key));
    const ends = await Promise.allSettled(acts);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(points);
  });

  it('ends with its time', async () => {
    const key = randomUUID();
    await Promise.allSettled(Array.from({ length: points + 1 }, () => countAgainst('setup_token', key)));
    await expect(countAgainst('setup_token', key)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await withSystem('test', (tx) =>
      tx.update(rateLimits).set({ expire: sql`${rateLimits.expire} - ${seconds * 1_000}` }),
    );
    await expect(countAgainst('setup_token', key)).resolves.toBeUndefined();
  });

  it('is the same limit in each of the bundles of the process, which have classes of their own', async () => {
    const ofAnotherBundle = Object.create({ consumedPoints: points + 9, msBeforeNext: 90_000 });
    registry().slots.set('limits.setup_token', { consume: () => Promise.reject(ofAnotherBundle) });
    await expect(countAgainst('setup_token', randomUUID())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      nextStep: 'Try again in 90 seconds.',
    });
    asAnotherReplica();
  });

  it('is in the log once when it is reached, with who it was', async () => {
    const said = vi.spyOn(log(), 'warn');
    const key = randomUUID();
    for (let count = 0; count < points + 3; count += 1)
      await countAgainst('setup_token', key).catch(() => {});
    expect(said.mock.calls).toEqual([
      [{ refused: 'limit', limit: 'setup_token', key }, 'a request was refused'],
    ]);
  });

  it('keeps no key as it is', async () => {
    const key = `192.0.2.1 ${randomUUID()}`;
    await countAgainst('consent', key);
    const rows = await withSystem('test', (tx) => tx.select({ key: rateLimits.key }).from(rateLimits));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('192.0.2.1');
  });
});
