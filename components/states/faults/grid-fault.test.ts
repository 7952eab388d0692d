import { describe, expect, it } from 'vitest';
import { faultWords, type GridFault } from './grid-fault';

const CODES: Array<GridFault['code']> = [
  'SALESFORCE_OBJECT_HIDDEN',
  'SALESFORCE_FORBIDDEN',
  'SALESFORCE_API_DISABLED',
  'SALESFORCE_QUERY_TIMEOUT',
  'SALESFORCE_QUERY_REFUSED',
  'SALESFORCE_LIMIT_EXCEEDED',
  'SALESFORCE_BUSY',
  'API_RESERVE_REACHED',
  'SALESFORCE_UNAVAILABLE',
  'SALESFORCE_LOCATOR_EXPIRED',
  'GRANT_ENDED',
  'ENVIRONMENT_CLOSED',
  'RATE_LIMITED',
  'OFFLINE',
];

describe('faults of a grid', () => {
  it('differ in their words', () => {
    expect(new Set(CODES.map((code) => faultWords(code, 'Accounts').title)).size).toBe(CODES.length);
  });

  it('lead a dead connection to its reconnection, not to another try', () => {
    expect(faultWords('GRANT_CREDENTIALS_REFUSED', 'Accounts').actions).toEqual(['reconnect', 'connection']);
  });

  it('offer a smaller question where the question was too large', () => {
    expect(faultWords('SALESFORCE_QUERY_TIMEOUT', 'Accounts').actions[0]).toBe('clear');
  });

  it('say in general that rows could not be loaded when nothing better is known', () => {
    expect(faultWords('INTERNAL', 'Accounts')).toEqual({
      title: 'Accounts could not be loaded',
      actions: ['retry'],
      tone: 'danger',
    });
  });

  it('never look like an empty list', () => {
    for (const code of CODES) expect(faultWords(code, 'Accounts').title).not.toMatch(/^No /);
  });
});
