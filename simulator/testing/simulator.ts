import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ControlClient } from '@/simulator/control-client';
import type { RunningSimulator } from '@/simulator/server';
import { startSimulator } from '@/simulator/server';
import { CALLBACK, TestClient } from '@/simulator/testing/client';

export interface SimulatorUnderTest {
  readonly simulator: RunningSimulator;
  readonly control: ControlClient;
  client(org?: 'production' | 'uat'): TestClient;
}

/** A small simulator for the tests of one file, reset before each of them. */
export function useSimulator(): SimulatorUnderTest {
  let running: RunningSimulator | null = null;
  let control: ControlClient | null = null;
  const required = <T>(value: T | null): T => {
    if (value === null) throw new Error('The simulator is not running.');
    return value;
  };
  beforeAll(async () => {
    running = await startSimulator({
      accounts: { production: 60, uat: 20 },
      opportunities: { production: 120, uat: 40 },
      callbackUrls: { production: [CALLBACK, `${CALLBACK}?kept=1`], uat: [CALLBACK] },
    });
    control = new ControlClient(running.controlOrigin);
  });
  beforeEach(() => required(control).reset());
  afterAll(() => required(running).stop());
  return {
    get simulator() {
      return required(running);
    },
    get control() {
      return required(control);
    },
    client: (org = 'production') => new TestClient(required(running).org(org)),
  };
}
