import { expect, it } from 'vitest';
import { Ledger } from '@/simulator/ledger';
import type { SimRequest } from '@/simulator/types';

const REQUEST: SimRequest = {
  method: 'GET',
  path: '/x',
  params: {},
  query: new URLSearchParams(),
  headers: {},
  body: '',
};

it('drops its oldest entries when it is full, and still counts them', () => {
  const ledger = new Ledger(10);
  for (let n = 0; n < 25; n++) ledger.open('production', 0, REQUEST).violation = 'consumed_at_token';
  expect(ledger.list().length).toBeLessThanOrEqual(10);
  expect(ledger.list().at(-1)?.sequence).toBe(25);
  expect(ledger.counts()).toMatchObject({ requests: 25, violations: 25, refreshes: 0 });
  ledger.clear();
  expect(ledger.counts()).toMatchObject({ requests: 0, violations: 0 });
});
