import { describe, expect, it } from 'vitest';
import { GROUP_OF, GROUPS } from '../groups';
import { wordsOf } from './words';

const facts = { details: {}, outcome: 'done' as const, subjectId: 'x', subject: null };

describe('the words of an entry', () => {
  it('are a sentence for each action and outcome, without a hole', () => {
    for (const action of Object.keys(GROUP_OF)) {
      for (const outcome of ['done', 'failed', 'denied'] as const) {
        expect(wordsOf(action, { ...facts, outcome }), action).toMatch(/^[a-z][\w ,.:()-]+$/);
        expect(wordsOf(action, { ...facts, outcome })).not.toContain('undefined');
      }
    }
  });

  it('name the subject, or the begin of its id', () => {
    const subjectId = '9b2f0c1e-0000-4000-8000-000000000001';
    expect(wordsOf('custody.view', { ...facts, subjectId })).toBe('looked at the custody facts of 9b2f0c1e');
    expect(wordsOf('custody.view', { ...facts, subjectId, subject: 'ada@acme.example' })).toContain(
      'ada@acme',
    );
  });

  it('say what they know of an action that this version does not have', () => {
    expect(wordsOf('moon.land_on', { ...facts, subjectId: 'crater' })).toBe('moon land on: crater');
    expect(wordsOf('toString', facts)).toBe('toString: x');
  });

  it('tell an export’s begin from its end', () => {
    const details = { format: 'csv', state: 'started' };
    expect(wordsOf('audit.export', { ...facts, details })).toBe('began to export the audit log as csv');
    const end = { ...details, state: 'finished', rows: 12 };
    expect(wordsOf('audit.export', { ...facts, details: end })).toBe(
      'exported the audit log as csv: 12 rows',
    );
  });

  it('belong to a group that the page offers', () => {
    for (const group of Object.values(GROUP_OF)) expect(GROUPS).toHaveProperty(group);
  });
});
