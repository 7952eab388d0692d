import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';

const FREE = { SIMULATOR_CONTROL_PORT: '0', SIMULATOR_PRODUCTION_PORT: '0', SIMULATOR_UAT_PORT: '0' };

interface Run {
  readonly output: () => string;
  /** Resolves with the first output that contains the text. */
  readonly until: (text: string) => Promise<string>;
  readonly end: Promise<number | null>;
  readonly stop: (signal: NodeJS.Signals) => void;
}

function run(flags: readonly string[], env: Record<string, string> = FREE): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...flags], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env },
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const end = once(child, 'exit').then(([code]) => code as number | null);
  const until = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve(output);
      };
      listeners.add(look);
      look();
      void end.then(() => reject(new Error(`It ended without "${text}":\n${output}`)));
    });
  return { output: () => output, until, end, stop: (signal) => child.kill(signal) };
}

describe('npm run simulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints origins and users, serves, and ends on %s',
    async (signal) => {
      const simulator = run(['--accounts', '20', '--opportunities', '40']);
      const output = await simulator.until('Stop with Ctrl-C');
      expect(output).toContain('ada@acme.example.uat');
      expect(output).toContain('orgdock-demo-1');
      const origins = output.match(/http:\/\/localhost:\d+/g) ?? [];
      expect(origins).toHaveLength(3);
      expect((await fetch(`${origins[0]}/id/keys`)).status).toBe(200);
      simulator.stop(signal);
      expect(await simulator.end).toBe(0);
    },
  );

  it('registers callback URLs by flag', async () => {
    const simulator = run(['--callback', 'uat=http://localhost:3123/back']);
    const output = await simulator.until('Stop with Ctrl-C');
    const origin = output.match(/http:\/\/localhost:\d+/g)?.[1];
    const { UAT } = await import('@/simulator/seed/facts');
    const query = new URLSearchParams({
      client_id: UAT.clientId,
      redirect_uri: 'http://localhost:3123/back',
      response_type: 'nothing',
    });
    const answer = await fetch(`${origin}/services/oauth2/authorize?${query}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('http://localhost:3123/back?error=');
    simulator.stop('SIGTERM');
    await simulator.end;
  });

  it('names a busy port', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const simulator = run(['--production-port', String(port)]);
    expect(await simulator.end).toBe(2);
    expect(simulator.output()).toContain(`Port ${port} is in use`);
    blocker.close();
  });

  it.each([
    [['--accounts', 'many'], '--accounts must be a whole number'],
    [['--callback', 'http://localhost/x'], '--callback must be <org>=<url>'],
  ])('refuses %j with a clear message', async (flags, message) => {
    const simulator = run(flags);
    expect(await simulator.end).toBe(2);
    expect(simulator.output()).toContain(message);
  });
});
