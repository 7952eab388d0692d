import { subscribe } from 'node:diagnostics_channel';
import { startDatabase, stopDatabase } from '@/db/start';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { type RefreshPolicy, refreshPolicy } from '@/lib/connections/refresh/policy';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { runUpkeep } from '@/lib/connections/settle/upkeep';
import { replaySpool } from '@/lib/connections/spool/replay';
import { tokenSource } from '@/lib/connections/token-source';
import type { ConnectionId } from '@/lib/context';
import { registry } from '@/lib/registry';
import type { ProcessSettings } from '../orders';
import { springTrap } from '../trap';
import type { Strategy } from './strategy';

/** How often a portal looks after its grants. */
const UPKEEP_MS = 15_000;

/** Orgdock itself: what a portal process does for its grants, without the pages. */
export async function openOrgdock({ scale }: ProcessSettings): Promise<Strategy> {
  registry().slots.set('connections.policy', scaledPolicy(scale));
  subscribe('orgdock:refresh', (message) => {
    const { step } = message as { step: RefreshStep };
    if (step === 'spooled') springTrap();
  });
  await startDatabase();
  await replaySpool('all');
  const upkeep = async () => {
    await sweepLostLeases().catch(() => 0);
    await runUpkeep({ beats: false });
  };
  setInterval(() => void upkeep(), UPKEEP_MS / scale).unref();
  return { source: (id) => tokenSource({ id: id as ConnectionId }), stop };
}

function scaledPolicy(scale: number): RefreshPolicy {
  const { cacheSize, ...durations } = refreshPolicy();
  const divide = (value: unknown): unknown => {
    if (typeof value === 'number') return value / scale;
    return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, divide(part)]));
  };
  return { ...(divide(durations) as typeof durations), cacheSize };
}

/** As a rolling restart would: what was sent is finished. */
async function stop(): Promise<void> {
  registry().draining = true;
  while (registry().unfinished.size > 0) await Promise.all(registry().unfinished);
  await stopDatabase();
}
