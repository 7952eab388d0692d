import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Problem } from '@/lib/errors';
import { bundled } from './bundled';
import type { Order } from './fixtures/database-process';

export interface StartOptions {
  mode?: 'portal' | 'command';
  env: Record<string, string>;
  /** To run as somebody else; needs root. */
  user?: { uid: number; gid: number } | null;
}

/** A database process under test; `start` is the problem of its start, or null. */
export interface DatabaseProcess {
  pid: number;
  startProblem: Problem | null;
  /** Gives an order and returns the answer; rejects with the child's problem. */
  tell: (order: Order) => Promise<unknown>;
  kill: (signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => Promise<void>;
}

type Answer = { value: unknown } | { problem: Problem };

/** Starts a process that opens the database, and waits until it has or has failed to. */
export async function startDatabaseProcess(options: StartOptions): Promise<DatabaseProcess> {
  const child = fork(bundled('database-process'), [options.mode ?? 'portal'], {
    env: { ...process.env, LOG_LEVEL: 'silent', DATABASE_URL: '', ...options.env },
    ...options.user,
  });
  const first = await nextAnswer(child);
  return {
    pid: child.pid ?? 0,
    startProblem: 'problem' in first ? first.problem : null,
    tell: async (order) => {
      const answered =
        order === 'stop' ? once(child, 'exit').then(() => ({ value: null })) : nextAnswer(child);
      child.send(order);
      const answer: Answer = await answered;
      if ('problem' in answer) throw Object.assign(new Error(answer.problem.message), answer.problem);
      return answer.value;
    },
    kill: async (signal) => {
      const gone = signal === 'SIGKILL' ? once(child, 'exit') : null;
      child.kill(signal);
      await gone;
    },
  };
}

function nextAnswer(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the process ended without an answer'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Answer);
    });
  });
}
