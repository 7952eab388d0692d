import { expect, it } from 'vitest';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { requireSetUpClient } from '@/lib/provisioning/set-up-access/queries';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

it('calls the org as the environment of the grant says, in a version that knows apps', async () => {
  const ctx = await makeContext('admin');
  const {
    id: environmentId,
    slug,
    origin,
  } = await makeEnvironment({
    apiVersion: '40.0',
    headerPrefix: 'OAuth',
    queryTimeoutSeconds: 7,
  });
  const values = { purpose: 'bootstrap', instanceUrl: origin } as const;
  const { id: connectionId } = await makeConnection({ ownerId: ctx.personId, environmentId }, values);
  const environment = await requireAppEnvironment(ctx, slug);
  const { client } = await requireSetUpClient(ctx, environment, { connectionId, runtimeConfirmed: false });
  expect(client).toMatchObject({ headerPrefix: 'OAuth', timeoutMs: 7_000, apiVersion: '62.0' });
});
