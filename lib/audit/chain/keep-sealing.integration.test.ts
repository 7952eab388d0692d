import { expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { readChainState } from '@/lib/audit/chain/chain-state';
import { startSealing } from '@/lib/audit/chain/keep-sealing';
import { verifyChain } from '@/lib/audit/chain/verify';
import { registry } from '@/lib/registry';
import { acts } from '@/tests/audit-chain';

it('a running process seals by itself, until it is stopped', async () => {
  startSealing();
  startSealing();
  expect(registry().drains).toHaveLength(1);
  await acts(2);
  const waiting = async () => (await withSystem('test', readChainState)).waiting;
  while ((await waiting()) > 0);
  expect(await verifyChain()).toMatchObject({ verified: 2, fault: null });
  await Promise.all(registry().drains.map((end) => end()));
});
