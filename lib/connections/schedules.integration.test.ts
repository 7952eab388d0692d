import { expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { reasonAt } from '@/tests/schedules/database-clock';
import { spendInWorld } from '@/tests/schedules/network';
import { runSchedules } from '@/tests/schedules/run-schedules';
import { counted, currentProcess, outside } from '@/tests/schedules/world';

vi.mock('@/db/client', async (original) => {
  const actual = await original<typeof import('@/db/client')>();
  const away = () => new AppError('UNAVAILABLE', 'The database does not answer.');
  return {
    ...actual,
    withActor: (...call: Parameters<typeof actual.withActor>) => outside(() => actual.withActor(...call)),
    withSystem: (reason: string, fn: Parameters<typeof actual.withSystem>[1]) =>
      outside(async () => {
        const process = currentProcess();
        if (!process) return await actual.withSystem(reason, fn);
        const { world } = process;
        if (world.now < world.databaseDownUntil) throw away();
        const result = await actual.withSystem(reasonAt(reason, world.now), fn);
        if (!process.loseNextAck) return result;
        process.loseNextAck = false;
        throw away();
      }),
  };
});

vi.mock('@/lib/egress/spend', () => ({ spendOnce: spendInWorld }));

vi.mock('@/lib/connections/org-facts', () => ({
  fetchOrgFacts: async () => ({ name: 'Acme Corporation', defaultCurrency: 'EUR' }),
}));

vi.mock('@/lib/vault/seal', async (original) => {
  const actual = await original<typeof import('@/lib/vault/seal')>();
  return {
    ...actual,
    // Inside of transactions, too: these never hold one up.
    seal: (...call: Parameters<typeof actual.seal>) => counted(() => actual.seal(...call)),
    open: (...call: Parameters<typeof actual.open>) => counted(() => actual.open(...call)),
  };
});

vi.mock('@/lib/connections/spool/spool-files', async (original) => {
  const actual = await original<typeof import('@/lib/connections/spool/spool-files')>();
  return {
    ...actual,
    writeSpoolFile: (...call: Parameters<typeof actual.writeSpoolFile>) =>
      outside(async () => {
        if (currentProcess()?.diskFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        await actual.writeSpoolFile(...call);
      }),
    readSpoolFile: (id: string) => outside(() => actual.readSpoolFile(id)),
    removeSpoolFile: (id: string) => outside(() => actual.removeSpoolFile(id)),
    removeSpoolFileForGood: (id: string) => outside(() => actual.removeSpoolFileForGood(id)),
    listSpoolFiles: () => outside(() => actual.listSpoolFiles()),
  };
});

vi.mock('@/lib/connections/restore/watermarks', async (original) => {
  const actual = await original<typeof import('@/lib/connections/restore/watermarks')>();
  return {
    ...actual,
    noteGeneration: (...call: [string, number]) => outside(() => actual.noteGeneration(...call)),
    // Inside of transactions, too.
    lastGeneration: (id: string) => counted(() => actual.lastGeneration(id)),
  };
});

/** `SCHEDULES=100000` runs more of them, `SCHEDULES_SEED` others. */
const COUNT = Number(process.env.SCHEDULES ?? 2_000);
const SEED = Number(process.env.SCHEDULES_SEED ?? 20_261_126);
const LANES = 6;
/** How often every fault must have struck at every step, so that the schedules prove what they claim. */
const LEAST = Math.floor(COUNT / 100);

it('never presents a consumed token and loses no answer that was written down, whatever happens', {
  timeout: 1_200_000,
}, async () => {
  const census = await runSchedules(COUNT, SEED, LANES);
  const rare = [...census].filter(([, times]) => times < LEAST);
  const lines = [...census].map(([pair, times]) => `${String(times).padStart(6)}  ${pair}`);
  process.stderr.write(`${COUNT} schedules, seed ${SEED}; faults that struck:\n${lines.join('\n')}\n`);
  expect(rare).toEqual([]);
});
