import { expect, it, vi } from 'vitest';
import { proveCredentials } from '@/lib/connections/service/proof/prove';
import { log } from '@/lib/log';
import { registry } from '@/lib/registry';

let breakOff: (err: Error) => void = () => undefined;
const late = new Promise<never>((_, reject) => {
  breakOff = reject;
});

vi.mock('@/db/client', () => ({
  withSystem: async () => ({ tokenHost: 'https://acme.my.salesforce.com', settings: { patienceMs: 1 } }),
}));
vi.mock('@/lib/connections/service/request/request-with-either-secret', () => ({
  requestWithEitherSecret: () => late,
}));

it('says that the work went wrong for which nobody waits any more', async () => {
  const logged = vi.spyOn(log(), 'error').mockImplementation(() => undefined);
  const proof = proveCredentials('an environment', { flow: 'client_credentials' });
  await expect(proof).rejects.toMatchObject({ code: 'TIMEOUT' });
  const err = new Error('It broke off.');
  breakOff(err);
  await Promise.all(registry().unfinished);
  expect(logged).toHaveBeenCalledWith({ err, environmentId: 'an environment' }, expect.any(String));
});
