import { describe, expect, it } from 'vitest';
import { eventsOf } from '@/lib/connections/cause/landing-events';

const address = 'https://acme.my.salesforce.com';
const quiet = { instanceUrl: address, instanceUrlBefore: address, lastUsedAt: null, endedEarly: false };

describe('what a successful refresh tells of the org', () => {
  it('is nothing when the session timed out and the org is where it was', () => {
    expect(eventsOf(quiet)).toEqual({});
    expect(eventsOf({ ...quiet, lastUsedAt: new Date() })).toEqual({});
  });

  it('is an ended session when the access token had worked a moment before', () => {
    const lastUsedAt = new Date('2026-03-31T10:00:00Z');
    expect(eventsOf({ ...quiet, lastUsedAt, endedEarly: true })).toEqual({
      events: [{ event: 'session_killed', lastUsedAt: '2026-03-31T10:00:00.000Z' }],
    });
  });

  it('is a move when the answer names another address', () => {
    const instanceUrl = 'https://acme2.my.salesforce.com';
    expect(eventsOf({ ...quiet, instanceUrl })).toEqual({
      events: [{ event: 'instance_moved', from: address, to: instanceUrl }],
    });
  });
});
