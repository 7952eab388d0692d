import { EventEmitter, once } from 'node:events';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { CronItem, TaskList } from 'graphile-worker';
import { queueLogger } from '@/db/queue/logger';
import { openQueuePool } from '@/db/queue/pool';
import { openQueueAddress } from '@/db/start';
import { HANDLERS, SWEEPS } from '@/lib/jobs/handlers';
import { patientPool } from '@/lib/jobs/patient-pool';
import { log } from '@/lib/log';
import { jobSchema } from '@/lib/queue/schema';
import { onDrain, processWide } from '@/lib/registry';

const CONCURRENCY = 2;
/** One for each job, one for the cron, one that listens. */
const CONNECTIONS = CONCURRENCY + 2;
const RESTART_MS = 5_000;
/** A job that runs is waited for so long; it goes on meanwhile, and a job that is cut off is run again. */
const STOP_MS = 14_000;

export interface Jobs {
  /** Takes no further job and waits for those that run, at most 14 s. */
  stop(): Promise<void>;
}

/**
 * Runs jobs in this process until it is stopped, which ends the worker before anything else is waited for. It starts by
 * itself, and again after trouble: jobs are late then, requests are served all the same.
 */
export function startJobs(): Jobs {
  return processWide('jobs', () => {
    const stopping = new AbortController();
    const ended = keepRunning(stopping.signal);
    const jobs = {
      async stop() {
        stopping.abort();
        await Promise.race([ended, sleepFor(STOP_MS, undefined, { ref: false })]);
      },
    };
    onDrain(jobs.stop);
    return jobs;
  });
}

async function keepRunning(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await runWorker(stopping);
    } catch (err) {
      log().error({ err }, 'the job worker ended and is started again');
    }
    await sleepFor(RESTART_MS, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
  log().info('the job worker has stopped');
}

/** Resolves when the worker was stopped; throws when it ended by itself. */
async function runWorker(stopping: AbortSignal): Promise<void> {
  const { url, hasSessions } = await openQueueAddress();
  const pool = openQueuePool(url, CONNECTIONS);
  try {
    const { parseCronItems, run } = await import('graphile-worker');
    const events = new EventEmitter();
    const runner = await run({
      pgPool: patientPool(pool, { listens: hasSessions }),
      taskList: taskList(),
      parsedCronItems: parseCronItems(SWEEPS.map(cronItem)),
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      noPreparedStatements: !hasSessions,
      pollInterval: hasSessions ? 10_000 : 2_000,
      logger: queueLogger(),
      events,
    });
    log().info({ listens: hasSessions }, 'the job worker has started');
    runner.promise.catch(() => undefined);
    const broken = await Promise.race([aborted(stopping), runner.promise, once(events, 'worker:fatalError')]);
    if (broken !== 'aborted') log().error('the job worker broke');
    await runner.stop().catch(() => undefined);
  } finally {
    await pool.end();
  }
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}

function taskList(): TaskList {
  return Object.fromEntries(
    Object.entries(HANDLERS).map(([task, handle]) => [
      task,
      async (payload: unknown) => {
        const job = jobSchema.parse({ task, payload });
        await (handle as (payload: unknown) => Promise<unknown>)(job.payload);
      },
    ]),
  );
}

/** A sweep that still waits is not added again. */
function cronItem({ task, cron, missedWithin = 0 }: (typeof SWEEPS)[number]): CronItem {
  return {
    task,
    identifier: task,
    match: cron,
    options: { backfillPeriod: missedWithin, maxAttempts: 5, jobKey: task, jobKeyMode: 'replace' },
  };
}
