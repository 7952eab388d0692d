import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** A folder that is removed at the end of the test file. */
export function makeFolder(): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgdock-process-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ScriptProcess {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the output holds the text; rejects when the process ends before. */
  says: (text: string) => Promise<void>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts a script of the repository with nothing of this process's environment but what is needed to run. */
export function startScript(
  args: string[],
  environment: Record<string, string>,
  stdio: 'pipe' | 'ipc' = 'pipe',
): ScriptProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, NODE_ENV: 'production', ...environment },
    stdio: stdio === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without saying "${text}":\n${output}`)));
    });
  return { child, output: () => output, says, ended };
}

/** Settings of a production portal on the embedded PostgreSQL. */
export function portalSettings(port: number, dataDir: string): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: 'processes-only-processes-only-processes-only',
    ORGDOCK_DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    // Empty counts as missing, and keeps a developer's own .env out.
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    DATABASE_DIRECT_URL: '',
    ORGDOCK_SMTP_URL: '',
    ORGDOCK_KEYRING: '',
    ORGDOCK_SETUP_TOKEN: '',
    ORGDOCK_TRUSTED_PROXIES: '',
    ORGDOCK_ALLOW_HOSTS: '',
    HTTPS_PROXY: '',
    NEXT_DIST_DIR: process.env.NEXT_DIST_DIR ?? '.next',
  };
}

/** Ends a process that a failed test left running. */
export async function endProcess(script: ScriptProcess | undefined): Promise<void> {
  if (!script || script.child.exitCode !== null || script.child.signalCode !== null) return;
  script.child.kill('SIGTERM');
  await script.ended;
}
