import { describe, expect, it } from 'vitest';
import { type Entry, eventsOfEntry } from './event-of-entry';

const entry = (action: string, changes: Partial<Entry> = {}): Entry => ({
  action,
  outcome: 'done',
  details: {},
  ...changes,
});

const failedRefresh = (result: string) => entry('token.refresh', { outcome: 'failed', details: { result } });

describe('the events of an audit entry', () => {
  it.each([
    [entry('connection.connect'), ['connection.created']],
    [entry('connection.reconnect'), ['connection.created']],
    [entry('service_connection.create'), ['connection.created']],
    [entry('connection.connect', { details: { purpose: 'bootstrap' } }), []],
    [entry('token.refresh', { details: { result: 'landed' } }), []],
    [failedRefresh('refused'), ['refresh.failed', 'connection.needs_attention']],
    [failedRefresh('consumed'), ['refresh.failed', 'connection.needs_attention']],
    [failedRefresh('uncertain'), ['refresh.failed']],
    [failedRefresh('app_fault'), ['refresh.failed', 'app.blocked']],
    [entry('token.settle', { outcome: 'failed' }), ['connection.needs_attention']],
    [entry('token.settle'), []],
    [entry('connection.evicted', { details: { certain: true } }), ['connection.needs_attention']],
    [entry('connection.evicted', { details: { certain: false } }), []],
    [entry('token.revoke'), ['connection.revoked']],
    [entry('token.revoke', { outcome: 'failed' }), []],
    [entry('token.revoke', { details: { strayId: 'x' } }), []],
    [entry('consent.refused', { outcome: 'denied', details: { code: 'APP_BLOCKED' } }), ['app.blocked']],
    [entry('consent.refused', { outcome: 'failed', details: { code: 'CONSENT_DENIED' } }), []],
    [entry('breach.start'), ['breach.started']],
    [entry('session.sign_in'), []],
  ])('%o', (given, events) => {
    expect(eventsOfEntry(given)).toEqual(events);
  });
});
