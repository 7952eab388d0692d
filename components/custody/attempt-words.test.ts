import { describe, expect, it } from 'vitest';
import { durationWords, eventWords, outcomeWords, purposeWords } from '@/components/custody/attempt-words';

describe('an attempt in words', () => {
  it('says what for and why', () => {
    expect(purposeWords({ purpose: 'refresh', trigger: 'keep_alive' })).toEqual({
      what: 'Refresh',
      why: 'keep-alive',
    });
    expect(purposeWords({ purpose: 'revoke', trigger: null })).toEqual({ what: 'Revocation', why: null });
  });

  it('says how it ended, or that it has not', () => {
    expect(outcomeWords({ outcome: 'landed' })).toEqual({ text: 'New tokens stored', tone: 'good' });
    expect(outcomeWords({ outcome: 'uncertain' }).tone).toBe('open');
    expect(outcomeWords({ outcome: null }).tone).toBe('open');
  });

  it.each([
    [null, '–'],
    [0, '0 ms'],
    [999, '999 ms'],
    [2_449, '2.4 s'],
    [119_999, '120.0 s'],
    [180_000, '3 min'],
  ])('%s ms is %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });

  it('tells what a refresh showed of the org', () => {
    const moved = eventWords({ event: 'instance_moved', from: 'https://a.example', to: 'https://b.example' });
    expect(moved).toContain('https://b.example now');
    expect(eventWords({ event: 'session_killed', lastUsedAt: '2026-01-02T03:04:05Z' })).toContain(
      'ended early',
    );
  });
});
