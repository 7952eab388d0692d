import { expect, it } from 'vitest';
import { matchesSearch } from './matches-search';

const ENVIRONMENT = {
  name: 'UAT Köln',
  slug: 'uat-koln',
  origin: 'https://acme--uat.sandbox.my.salesforce.com',
  clientId: '3MVG9.Key',
};

it('finds an environment by words of its name, address and consumer key, and not by words that it lacks', () => {
  for (const q of ['', 'köln', 'UAT-KOLN', 'acme--uat', '3mvg9', ' uat  sandbox ']) {
    expect(matchesSearch(ENVIRONMENT, q)).toBe(true);
  }
  for (const q of ['production', 'uat production']) expect(matchesSearch(ENVIRONMENT, q)).toBe(false);
});
