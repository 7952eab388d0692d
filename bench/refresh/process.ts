/** A process under measurement: it makes data calls by one strategy. Its parent speaks to it over IPC. */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { runQuery } from '@/lib/salesforce/query';
import type { Calls, Message, Order, ProcessSettings, StrategyName } from './orders';
import { openExpiringKey } from './strategies/expiring-key';
import { openOrgdock } from './strategies/orgdock';
import type { Strategy } from './strategies/strategy';
import { openTransaction } from './strategies/transaction';
import { openUncoordinated } from './strategies/uncoordinated';
import { setTrap } from './trap';

const STRATEGIES: Record<StrategyName, (settings: ProcessSettings) => Strategy | Promise<Strategy>> = {
  orgdock: openOrgdock,
  uncoordinated: openUncoordinated,
  transaction: openTransaction,
  'expiring-key': openExpiringKey,
};

/** One data call, timed from when it was due. */
async function call(strategy: Strategy, id: string, due: number): Promise<{ ms: number; end: string }> {
  const end = await runQuery(
    { source: strategy.source(id), apiVersion: '66.0' },
    'SELECT Id FROM Account LIMIT 1',
    { batchSize: 200 },
  ).then(
    () => 'served',
    (error) => (error instanceof AppError ? error.code : String(error)),
  );
  return { ms: performance.now() - due, end };
}

function summarise(ends: { ms: number; end: string }[]): Calls {
  const failed: Record<string, number> = {};
  for (const { end } of ends) if (end !== 'served') failed[end] = (failed[end] ?? 0) + 1;
  const served = ends.filter(({ end }) => end === 'served').length;
  return { waits: ends.map(({ ms }) => ms), served, failed };
}

async function makeCalls(strategy: Strategy, { ids, count }: Extract<Order, { kind: 'calls' }>) {
  const due = performance.now();
  const wanted = ids.flatMap((id) => Array.from({ length: count }, () => id));
  return summarise(await Promise.all(wanted.map((id) => call(strategy, id, due))));
}

async function makeSteadyCalls(strategy: Strategy, order: Extract<Order, { kind: 'steady calls' }>) {
  const started = performance.now();
  const calls: ReturnType<typeof call>[] = [];
  for (let due = started; due < started + order.forMs; due += order.everyMs) {
    await pause(Math.max(0, due - performance.now()));
    calls.push(call(strategy, order.id, due));
  }
  return summarise(await Promise.all(calls));
}

async function obey(strategy: Strategy, order: Order): Promise<Calls | null> {
  switch (order.kind) {
    case 'calls':
      return await makeCalls(strategy, order);
    case 'steady calls':
      return await makeSteadyCalls(strategy, order);
    case 'trap':
      setTrap(order.trap);
      return null;
    case 'stop':
      await strategy.stop();
      return null;
  }
}

const send = (message: Message) => process.send?.(message);
const settings = JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as ProcessSettings;
const strategy = await STRATEGIES[settings.strategy](settings);
process.on('message', ({ number, order }: { number: number; order: Order }) => {
  void obey(strategy, order).then((value) => {
    send({ answer: number, value });
    if (order.kind === 'stop') process.disconnect();
  });
});
process.on('disconnect', () => process.exit(0));
send({ ready: true });
