import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema';
import { seal } from '@/lib/vault/seal';
import { callThrough, forgetMemory, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { startTokenEndpoint } from '@/tests/token-endpoint';

beforeEach(() => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
});

/** An environment whose app Salesforce refuses, with three connections. */
async function refused() {
  const endpoint = await startTokenEndpoint();
  const first = await makeConnected(endpoint);
  const { environment } = first;
  const others = [
    await makeConnected(endpoint, { environment }),
    await makeConnected(endpoint, { environment }),
  ];
  endpoint.expireAccessTokens();
  const good = endpoint.clientSecret;
  endpoint.clientSecret = 'changed in Salesforce';
  await expect(callThrough(endpoint, first.source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
  const accept = () => {
    endpoint.clientSecret = good;
  };
  return { endpoint, environment, all: [first, ...others], accept };
}

const environmentOf = async (id: string) =>
  (await withSystem('test', (tx) => tx.select().from(environments).where(eq(environments.id, id))))[0];

describe('an app that Salesforce refuses', () => {
  it('costs one try, whatever process the next caller is in', async () => {
    const { endpoint, environment, all } = await refused();
    for (const { source } of all) {
      forgetMemory();
      await expect(callThrough(endpoint, source)).rejects.toMatchObject({
        code: 'APP_SECRET_INVALID',
        salesforce: { error: 'invalid_client' },
      });
    }
    expect(endpoint.refreshes).toBe(1);
    expect(await environmentOf(environment.id)).toMatchObject({
      appFaultCode: 'APP_SECRET_INVALID',
      appFaultError: 'invalid_client',
    });
  });

  it('is tried by one of all when its pause is over, and stays paused while it is refused', async () => {
    const { endpoint, all } = await refused();
    await shiftDatabaseClock(61_000);
    const codes = await Promise.all(
      all.map(({ source }) => callThrough(endpoint, source).catch((error: { code: string }) => error.code)),
    );
    expect(codes).toEqual(['APP_SECRET_INVALID', 'APP_SECRET_INVALID', 'APP_SECRET_INVALID']);
    expect(endpoint.refreshes).toBe(2);
  });

  it('serves everybody again once it is accepted', async () => {
    const { endpoint, environment, all, accept } = await refused();
    await shiftDatabaseClock(61_000);
    accept();
    const [first, ...others] = all;
    if (!first) throw new Error('nobody');
    expect(await callThrough(endpoint, first.source)).toBe(true);
    expect(await environmentOf(environment.id)).toMatchObject({ appFaultCode: null, appPausedUntil: null });
    for (const { source } of others) expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.violations).toEqual([]);
  });
});

describe('an app with two secrets', () => {
  async function rotating(which: 'new' | 'previous') {
    const endpoint = await startTokenEndpoint();
    const connected = await makeConnected(endpoint);
    const environmentId = connected.environment.id;
    const place = { table: 'environment_secrets', rowId: environmentId } as const;
    const previous = endpoint.clientSecret;
    await withSystem('test', async (tx) =>
      tx
        .update(environmentSecrets)
        .set({
          consumerSecret: await seal('the new secret', { ...place, column: 'consumer_secret' }),
          previousConsumerSecret: await seal(previous, { ...place, column: 'previous_consumer_secret' }),
        })
        .where(eq(environmentSecrets.environmentId, environmentId)),
    );
    if (which === 'new') endpoint.clientSecret = 'the new secret';
    endpoint.expireAccessTokens();
    const secrets = async () =>
      (
        await withSystem('test', (tx) =>
          tx.select().from(environmentSecrets).where(eq(environmentSecrets.environmentId, environmentId)),
        )
      )[0];
    return { ...connected, endpoint, secrets };
  }

  it('is refreshed with the one before while Salesforce does not accept the new one', async () => {
    const { endpoint, source, connection, secrets } = await rotating('previous');
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.refreshes).toBe(2);
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ generation: 2, fence: 1 });
    expect(attempts).toMatchObject([{ outcome: 'landed' }]);
    expect((await secrets())?.previousConsumerSecret).not.toBeNull();
  });

  it('forgets the one before once the new one was accepted', async () => {
    const { endpoint, source, secrets } = await rotating('new');
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(endpoint.refreshes).toBe(1);
    expect((await secrets())?.previousConsumerSecret).toBeNull();
  });

  it('is refused when Salesforce takes neither', async () => {
    const { endpoint, source } = await rotating('new');
    endpoint.clientSecret = 'a third one';
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'APP_SECRET_INVALID' });
    expect(endpoint.refreshes).toBe(2);
  });
});
