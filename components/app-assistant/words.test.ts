import { describe, expect, it } from 'vitest';
import { credentialsWords } from './words';

describe('what became of key and secret', () => {
  it('says that nothing was changed while a new key waits for its secret', () => {
    for (const outcome of ['key_only', 'failed', 'refused'] as const) {
      const words = credentialsWords(outcome, { waitingKey: '3MVG9new' });
      expect(words).toContain('Nothing was changed');
      expect(words).toContain('key and secret together');
    }
  });

  it('asks for the secret alone once the key is stored', () => {
    const words = credentialsWords('key_only', { waitingKey: null });
    expect(words).toContain('The key was read from the org');
    expect(credentialsWords('stored', { waitingKey: '3MVG9before' })).toContain('stored');
    expect(words).not.toContain('Nothing was changed');
  });
});
