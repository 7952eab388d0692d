import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { crashDatabase, whileNobodyMayLogIn } from './database-faults';
import { openStage } from './stage';

const stage = openStage({ proxied: true });
const STEPS: RefreshStep[] = ['claiming', 'claimed', 'answered', 'spooled'];

/** A connection whose refresh is held at a step until `go`. */
async function heldAt(step: RefreshStep) {
  const id = await stage.expired();
  const [holder, other] = await stage.pair();
  const gate = path.join(stage.folder.path, randomUUID());
  await holder.reach(step, { until: gate }, { connectionId: id });
  return { id, other, go: () => writeFileSync(gate, '') };
}

describe('a holder', () => {
  it.each(STEPS)('whose database is cut off and refuses logins when it is %s', async (step) => {
    const { id, other, go } = await heldAt(step);
    await whileNobodyMayLogIn(stage.server.url, async () => {
      go();
      // The holder has tried in vain by the time that a call of another process has failed, too.
      expect((await other.calls(id, 1)).served).toBe(0);
    });
    expect(await stage.recovered(`database away, ${step}`, other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it.each(STEPS)('whose database server crashes and starts again when it is %s', async (step) => {
    const { id, other, go } = await heldAt(step);
    await crashDatabase(stage.dataFolder('database'));
    go();
    expect(await stage.recovered(`database restarted, ${step}`, other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});

/** Each commit of a refresh and of its settling, by bytes that only its transaction has. */
const COMMITS = [
  ['claim', null, /insert into "orgdock"\."refresh_attempts"/],
  ['lease’s renewal', { fault: 'slow', ms: 2_000 }, /set "lease_until" = /],
  ['answer', null, /landed/],
  ['refusal for now', { fault: 'server_error', status: 429 }, /retry_later/],
  ['unknown outcome', { fault: 'drop_before' }, /answer_lost/],
  ['introspection', { fault: 'drop_before' }, /introspect/],
  ['settlement', { fault: 'drop_before' }, /token\.settle/],
] as const;

describe('a commit that is done and not heard of', () => {
  it.each(COMMITS)('that of the %s', async (name, fault, transaction) => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    if (fault) await stage.control.addFault({ org: 'production', endpoint: 'refresh', ...fault });
    const lost = stage.database?.loseAcknowledgement(transaction);
    const calls = holder.calls(id, 5);
    await lost;
    expect(await stage.recovered(`unheard commit, ${name}`, other, id)).toBe('serves');
    await calls;
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});
