import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { onTestFinished } from 'vitest';
import type { RefreshStep } from '@/lib/connections/refresh/steps';

export interface StepMessage {
  step: RefreshStep;
  connectionId: string;
  attemptId: string;
}

/** Calls `listener` in the tick of each step of a refresh, until the test ends. */
export function onRefreshStep(listener: (message: StepMessage) => void): void {
  const forward = (message: unknown) => listener(message as StepMessage);
  subscribe('orgdock:refresh', forward);
  onTestFinished(() => {
    unsubscribe('orgdock:refresh', forward);
  });
}
