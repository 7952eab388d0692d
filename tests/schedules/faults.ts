import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { REFRESH_STEPS } from '@/lib/connections/refresh/steps';

/** What can happen to a process, or beside it, at the moment it reaches a step. */
export const STEP_FAULTS = [
  'killed',
  'stopped for a moment',
  'stopped beyond lease and settling',
  'database down for a second',
  'database down for minutes',
  'acknowledgement lost',
  'wall clock jumps',
  'disconnected meanwhile',
  'consented meanwhile',
  'spool takes nothing',
] as const;

/** What can happen to a token request on its way. `after`: Salesforce has rotated. */
export const NETWORK_FAULTS = [
  'slow',
  'slower than every lease',
  '502 before',
  '504 after',
  'dropped before',
  'dropped after',
  'truncated',
  'html before',
  'html after',
  'lost, and processed late',
  'status 429',
  'json 503',
  'already being processed',
  'invalid_client',
] as const;

export type StepFault = (typeof STEP_FAULTS)[number];
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export type Fault = { step: RefreshStep; what: StepFault } | { step: 'network'; what: NetworkFault };

/** Every fault at every step at which it can happen. */
export const ALL_FAULTS: Fault[] = [
  ...REFRESH_STEPS.flatMap((step) => STEP_FAULTS.map((what): Fault => ({ step, what }))),
  ...NETWORK_FAULTS.map((what): Fault => ({ step: 'network', what })),
];

const SENT = REFRESH_STEPS.indexOf('sending') + 1;
const ORDER = [...REFRESH_STEPS.slice(0, SENT), 'network', ...REFRESH_STEPS.slice(SENT)];

/** How a pair is counted and printed. */
export function nameOf({ step, what }: Fault): string {
  return `${what} × ${step}`;
}

/** Where in the course of a refresh a fault strikes: those of a later step have a higher place. */
export function placeOf({ step }: Fault): number {
  return ORDER.indexOf(step);
}
