import { describe, expect, it } from 'vitest';
import { reconnectPlace } from '@/components/connections/reconnect-place';
import type { ConnectionCause, ConnectionDetail, Health } from '@/lib/connections/types';

type Facts = Pick<ConnectionDetail, 'health' | 'problem' | 'settling'>;

function facts(
  health: Health,
  step: ConnectionCause['step'] | null,
  how: 'leave' | 'introspect' | null,
): Facts {
  const cause = step && ({ step } as ConnectionCause);
  const problem = { cause } as ConnectionDetail['problem'];
  return {
    health,
    problem: health === 'healthy' ? null : problem,
    settling: how && { since: null, until: null, how },
  };
}

describe('the button that consents anew', () => {
  it.each([
    ['healthy', null, null, 'aside'],
    ['needs_reconnect', 'reconnect', null, 'card'],
    ['needs_reconnect', null, null, 'card'],
    ['needs_reconnect', 'salesforce', null, 'aside'],
    ['app_refused', 'environment', null, 'aside'],
    ['unknown', null, 'introspect', 'aside'],
    ['unknown', null, 'leave', 'first'],
    ['disconnected', null, null, 'first'],
  ] as const)('of a connection that is %s, with the step %s and settling %s, stands %s', (...row) => {
    const [health, step, how, place] = row;
    expect(reconnectPlace(facts(health, step, how))).toBe(place);
  });
});
