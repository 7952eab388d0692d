import { describe, expect, it } from 'vitest';
import { makeFault } from './fault';

describe("Salesforce's words", () => {
  it('hold nothing that PostgreSQL cannot store', () => {
    const fault = makeFault({ error: 'a\u0000b', description: 'c\u0000\nd', status: 400 });
    expect(fault).toEqual({ error: 'a b', description: 'c  d', status: 400 });
  });

  it('hold no token and no secret, and are cut', () => {
    const words = { error: 'e'.repeat(200), description: 'key s3cret! of 5Aep861abc.def', status: null };
    expect(makeFault(words, ['s3cret!', null])).toEqual({
      error: 'e'.repeat(100),
      description: 'key [redacted] of [redacted token]',
      status: null,
    });
  });
});
