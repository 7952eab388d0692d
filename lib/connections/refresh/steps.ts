import { channel } from 'node:diagnostics_channel';

/**
 * The steps of a refresh, in their order. `unsent`, `refused` … are ends of their own and stand in the attempt row;
 * these are the moments between which a process can die.
 */
export const REFRESH_STEPS = [
  /** Before the claim is sent to the database. */
  'claiming',
  /** The claim is committed. */
  'claimed',
  /** In the tick of the first write, before it. */
  'sending',
  /** The whole answer is in memory. */
  'answered',
  /** The answer is on disk. */
  'spooled',
  /** The new pair is committed. */
  'stored',
] as const;

export type RefreshStep = (typeof REFRESH_STEPS)[number];

const steps = channel('orgdock:refresh');

/**
 * Tells subscribers of Node's diagnostics channel `orgdock:refresh`, in the same tick, how far a refresh is:
 * `{ step, connectionId, attemptId }`. For tracing; costs nothing while nobody listens. Never holds a token.
 */
export function announce(step: RefreshStep, attempt: { connectionId: string; attemptId: string }): void {
  if (!steps.hasSubscribers) return;
  const { connectionId, attemptId } = attempt;
  steps.publish({ step, connectionId, attemptId });
}
