import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { replaySpool } from '@/lib/connections/spool/replay';
import type { Run } from './run-schedule';
import { inProcess } from './world';

/**
 * Virtual seconds from round to round, seventeen minutes in all, within which everything that can serve serves again:
 * longer than a lease, than the wait before settling, than the grace after it, and than the longest stop of a process.
 */
const ROUNDS = [45, 90, 130, 130, 300, 330];

/**
 * Ends the faults, starts anew what died, and checks what must hold: no consumed token was ever presented, nobody got a
 * token that was refused before, and every grant whose last answer was written down serves again.
 */
export async function assertSound(run: Run): Promise<void> {
  const { world } = run;
  world.armed = [];
  await world.settle();
  world.databaseDownUntil = 0;
  for (const process of [...world.processes]) {
    process.diskFull = false;
    process.loseNextAck = false;
    if (!process.dead) continue;
    const reborn = run.start(`${process.name}'`, process.dataDir);
    run.background(inProcess(reborn, () => replaySpool('all')));
  }
  const living = world.processes.filter(({ dead }) => !dead);
  for (const [round, seconds] of ROUNDS.entries()) {
    await run.advance(seconds);
    // In turn, so that processes meet what others have left.
    const process = living[round % living.length];
    if (process) run.background(inProcess(process, () => replaySpool('old')));
    await world.settle();
    if (await isAtRest(run)) {
      if (round > 0) break;
    } else if (process) {
      run.background(run.upkeep(process));
      await world.settle();
    }
  }
  await run.throwUnexpected();
  expect(world.salesforce.violations).toEqual([]);
  expect(run.stale).toEqual([]);
  await assertGrant(run);
  expect(world.salesforce.violations).toEqual([]);
}

async function isAtRest(run: Run): Promise<boolean> {
  const row = await readRow(run);
  const paused = run.world.processes.some(({ dead, pausedUntil }) => !dead && pausedUntil > run.world.now);
  return !paused && ['idle', 'needs_reconnect', 'disconnected'].includes(row?.state ?? '');
}

/** What must have become of the grant, given what Salesforce did and what reached a disk or the database. */
async function assertGrant(run: Run): Promise<void> {
  const row = await readRow(run);
  const { salesforce } = run.world;
  const newest = salesforce.families.at(-1);
  if (!row || !newest) throw new Error('nothing there');
  if (run.ended.disconnected) {
    expect(['disconnected', 'disconnecting', 'idle', 'needs_reconnect']).toContain(row.state);
    return;
  }
  const lost = newest.lastRotation !== null && !newest.lastRotation.kept;
  if (run.ended.consented && row.state !== 'idle') {
    // A consent whose store failed is refused; the person sees that and consents again.
    expect(['needs_reconnect', 'uncertain', 'refreshing']).toContain(row.state);
    return;
  }
  if (lost) {
    expect(row).toMatchObject({ state: 'needs_reconnect', problemCode: 'GRANT_ANSWER_LOST' });
    return;
  }
  expect(row.state, JSON.stringify({ problem: row.problemCode, hits: run.world.hits })).toBe('idle');
  // After a failure a connection rests for up to a minute.
  await run.advance(90);
  salesforce.expireAccessTokens();
  const [process] = run.world.processes.filter(
    ({ dead, pausedUntil }) => !dead && pausedUntil <= run.world.now,
  );
  if (!process) throw new Error('nobody lives');
  const call = run.call(process).catch((error: { code?: string }) => error.code ?? String(error));
  await run.world.settle();
  expect(await call, JSON.stringify(run.world.hits)).toBe(true);
}

async function readRow(run: Run) {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(connections).where(eq(connections.id, run.connectionId)),
  );
  return row;
}
