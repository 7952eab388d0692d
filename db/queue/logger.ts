import { Logger } from 'graphile-worker';
import { log } from '@/lib/log';

const LEVELS = { error: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/**
 * graphile-worker's own lines in our log. What it calls an error is trouble that it goes on after; only a job that
 * failed is one. Its further facts hold whole jobs and stay out.
 */
export function queueLogger(): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const task = 'taskIdentifier' in scope ? { task: scope.taskIdentifier } : {};
    log()[meta?.failure === true ? 'error' : LEVELS[level]](task, message);
  });
}
