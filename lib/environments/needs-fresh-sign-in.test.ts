import { describe, expect, it } from 'vitest';
import { needsFreshSignIn } from './needs-fresh-sign-in';

const before = {
  origin: 'https://acme.my.salesforce.com',
  clientId: '3MVG9.production',
  clientType: 'confidential' as 'confidential' | 'public',
  authorizeUrl: null as string | null,
  tokenUrl: null as string | null,
  status: 'active' as const,
  allowSignIn: false,
  membership: 'known_people' as const,
  access: 'chosen' as 'admins' | 'chosen' | 'everyone',
};
const unchanged = { ...before, saveAs: 'active' as const, consumerSecret: null, removeSecret: false };

describe('saving an environment', () => {
  it('needs no fresh sign-in for what is no secret and no address', () => {
    expect(needsFreshSignIn(before, unchanged)).toBe(false);
  });

  it.each([
    { consumerSecret: 'new' },
    { removeSecret: true },
    { origin: 'https://other.my.salesforce.com' },
    { clientId: '3MVG9.another' },
    { clientType: 'public' as const },
    { authorizeUrl: 'https://login.salesforce.com/services/oauth2/authorize' },
    { tokenUrl: 'https://acme.my.salesforce.com/token' },
    { allowSignIn: true },
    { membership: 'everyone_of_org' as const, access: 'everyone' as const },
  ])('needs one for %j', (change) => {
    expect(needsFreshSignIn(before, { ...unchanged, ...change })).toBe(true);
  });

  it('needs one to take a draft into use, and none to go on with it', () => {
    const draft = { ...before, status: 'draft' as const };
    expect(needsFreshSignIn(draft, unchanged)).toBe(true);
    expect(needsFreshSignIn(draft, { ...unchanged, saveAs: 'draft' })).toBe(false);
  });

  it('needs none to let fewer people in, or as many as before', () => {
    const open = {
      ...before,
      allowSignIn: true,
      membership: 'everyone_of_org' as const,
      access: 'everyone' as const,
    };
    expect(needsFreshSignIn(open, unchanged)).toBe(false);
    expect(needsFreshSignIn(open, { ...unchanged, ...open })).toBe(false);
    expect(needsFreshSignIn(before, { ...unchanged, access: 'admins' })).toBe(false);
  });
});
