import { afterAll, beforeAll, expect } from 'vitest';
import { ControlClient } from '@/simulator/control-client';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { freePort } from '@/tests/free-port';
import { bundled } from './bundled';
import { endProcess, makeFolder, portalSettings, type ScriptProcess, startScript } from './portal-process';

/** `npm start` on an embedded database of its own, seeded as the demo is, with a simulator as its Salesforce. */
export class SeededPortal {
  readonly folder = makeFolder();
  origin = '';
  settings: Record<string, string> = {};
  control!: ControlClient;
  #process: ScriptProcess | undefined;
  #simulator: RunningSimulator | undefined;

  async seed(): Promise<void> {
    const port = await freePort();
    this.origin = `http://localhost:${port}`;
    this.#simulator = await startSimulator({
      callbackUrls: { production: [`${this.origin}/api/auth/callback/production`] },
      accounts: { production: 20, uat: 5 },
      opportunities: { production: 20, uat: 5 },
    });
    this.control = new ControlClient(this.#simulator.controlOrigin);
    this.settings = {
      ...portalSettings(port, this.folder.path),
      ORGDOCK_ALLOW_HOSTS: this.#simulator.orgs.map((org) => org.origin).join(','),
    };
    const seed = startScript([bundled('seed-demo')], this.settings);
    expect(await seed.ended, seed.output()).toBe(0);
  }

  /** Starts it, after ending the one before; resolves when it serves. */
  async start(extra: Record<string, string> = {}): Promise<ScriptProcess> {
    await endProcess(this.#process);
    const started = startScript(['server.mjs'], { ...this.settings, ...extra });
    this.#process = started;
    await started.says('Orgdock is ready');
    return started;
  }

  async end(): Promise<void> {
    await endProcess(this.#process);
    await this.#simulator?.stop();
    this.folder.remove();
  }
}

/** The portal of a test file, seeded and not started yet. */
export function prepareSeededPortal(): SeededPortal {
  const portal = new SeededPortal();
  beforeAll(() => portal.seed());
  afterAll(() => portal.end());
  return portal;
}
