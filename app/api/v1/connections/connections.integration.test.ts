import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionShares } from '@/db/schema/connections';
import { connectionDetailSchema, connectionListSchema } from '@/lib/broker/api-schemas/connections';
import type { KeyPolicy } from '@/lib/broker/types';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { GET as getOne } from './[id]/route';
import { GET as getList } from './route';

async function makeHolder() {
  const owner = await makeContext();
  const [one, two] = [await makeEnvironment(), await makeEnvironment()];
  const alias = `sales-${randomUUID().slice(0, 8)}`;
  const make = (environmentId: string, values = {}) =>
    makeConnection({ ownerId: owner.personId, environmentId }, { alias, ...values });
  return { owner, one, two, alias, first: await make(one.id), second: await make(two.id) };
}

const list = async (ownerId: string, { query = '', policy = {} as Partial<KeyPolicy> } = {}) => {
  const { secret } = await makeApiKey(ownerId, policy);
  const answer = await getList(keyRequest(secret, `/api/v1/connections${query}`));
  return {
    answer,
    ids: answer.ok ? connectionListSchema.parse(await answer.json()).connections.map(({ id }) => id) : [],
  };
};

const get = async (ownerId: string, ref: string, query = '', policy: Partial<KeyPolicy> = {}) => {
  const { secret } = await makeApiKey(ownerId, policy);
  const request = keyRequest(secret, `/api/v1/connections/${ref}${query}`);
  return await getOne(request, { params: Promise.resolve({ id: ref }) });
};

describe('GET /api/v1/connections', () => {
  it('lists those of the owner that the policy names, by what is asked for', async () => {
    const { owner, one, first, second, alias } = await makeHolder();
    const both = [first.id, second.id].sort();
    const { personId } = owner;
    expect((await list(personId)).ids.sort()).toEqual(both);
    expect((await list(personId, { query: `?alias=${alias}` })).ids.sort()).toEqual(both);
    expect((await list(personId, { query: `?environment=${one.slug}&health=healthy` })).ids).toEqual([
      first.id,
    ]);
    expect((await list(personId, { query: '?org=00D000000000001' })).ids.sort()).toEqual(both);
    for (const query of ['?org=00D00000000000', '?health=unknown', '?alias=x']) {
      expect((await list(personId, { query })).ids, query).toEqual([]);
    }
    expect((await list(personId, { policy: { environments: [one.id] } })).ids).toEqual([first.id]);
    expect((await list(personId, { policy: { connections: [second.id] } })).ids).toEqual([second.id]);
    expect((await list((await makeContext()).personId)).ids).toEqual([]);
  });

  it.each(['?health=ill', '?nothing=1', '?alias=a&alias=b'])('refuses %s', async (query) => {
    const { answer } = await list((await makeContext()).personId, { query });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('GET /api/v1/connections/{id}', () => {
  it('tells everything but tokens, by id and by alias with its environment', async () => {
    const { owner, one, first, alias } = await makeHolder();
    for (const [ref, query] of [
      [first.id, ''],
      [alias, `?environment=${one.slug}`],
    ] as const) {
      const answer = await get(owner.personId, ref, query);
      expect(answer.status).toBe(200);
      expect(connectionDetailSchema.parse(await answer.json())).toMatchObject({
        id: first.id,
        alias,
        kind: 'own',
        health: 'healthy',
        problem: null,
        environment: { slug: one.slug },
        org: { id: '00D000000000001EAA', name: 'Acme Corporation' },
        scopes: ['api', 'refresh_token'],
        forecast: { keepAlive: true },
      });
    }
  });

  it('wants to know which of several is meant, unless the policy leaves one', async () => {
    const { owner, two, second, alias } = await makeHolder();
    const answer = await get(owner.personId, alias);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      code: 'CONNECTION_AMBIGUOUS',
      nextStep: expect.stringContaining(two.slug),
    });
    const only = await get(owner.personId, alias, '', { environments: [two.id] });
    expect(await only.json()).toMatchObject({ id: second.id });
  });

  it('tells the problem of one that has ended, in Salesforce’s words', async () => {
    const { owner, one } = await makeHolder();
    const ended = await makeConnection(
      { ownerId: owner.personId, environmentId: one.id },
      {
        state: 'needs_reconnect',
        problemCode: 'GRANT_ENDED',
        problemError: 'invalid_grant',
        problemDescription: 'expired access/refresh token',
        problemAt: new Date(),
      },
    );
    const answer = await get(owner.personId, ended.id);
    expect(connectionDetailSchema.parse(await answer.json())).toMatchObject({
      health: 'needs_reconnect',
      problem: { code: 'GRANT_ENDED', salesforce: { error: 'invalid_grant' } },
    });
  });

  it('shows a service connection to those whom it is shared with, and refuses by the policy', async () => {
    const [owner, other] = [await makeContext(), await makeContext()];
    const environment = await makeEnvironment();
    const service = await makeConnection(
      { ownerId: null, environmentId: environment.id },
      { name: 'Nightly', flow: 'client_credentials' },
    );
    await withSystem('test', (tx) =>
      tx.insert(connectionShares).values({ connectionId: service.id, personId: owner.personId }),
    );
    expect(await (await get(owner.personId, service.id)).json()).toMatchObject({ kind: 'service' });
    expect((await get(other.personId, service.id)).status).toBe(404);
    const refused = await get(owner.personId, service.id, '', { connections: [] });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ rule: 'connections' });
  });

  it('is 404 for another person’s, also to an administrator', async () => {
    const { first } = await makeHolder();
    for (const role of ['member', 'admin'] as const) {
      const answer = await get((await makeContext(role)).personId, first.id);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('Acme');
    }
  });
});
