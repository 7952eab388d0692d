import { describe, expect, it } from 'vitest';
import { needsFreshSignIn } from './needs-fresh-sign-in';

const before = { origin: 'https://acme.my.salesforce.com', clientId: '3MVG9.production' };
const unchanged = { ...before, consumerSecret: null, removeSecret: false };

describe('saving an environment', () => {
  it('needs no fresh sign-in for what is no secret and no address', () => {
    expect(needsFreshSignIn(before, unchanged)).toBe(false);
  });

  it.each([
    { consumerSecret: 'new' },
    { removeSecret: true },
    { origin: 'https://other.my.salesforce.com' },
    { clientId: '3MVG9.another' },
  ])('needs one for %j', (change) => {
    expect(needsFreshSignIn(before, { ...unchanged, ...change })).toBe(true);
  });
});
