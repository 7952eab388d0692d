import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionShares, connections } from '@/db/schema/connections';
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

  it('gives page after page, each connection once, also while others are made and end', async () => {
    const owner = await makeContext();
    const environment = await makeEnvironment();
    const made: string[] = [];
    const make = async (minute: number) => {
      const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minute));
      const place = { ownerId: owner.personId, environmentId: environment.id };
      const { id } = await makeConnection(place, { createdAt });
      made.push(id);
      return id;
    };
    // Two of the same moment: the end of a page between them loses neither.
    for (const minute of [1, 2, 2, 3, 4]) await make(minute);
    const { secret } = await makeApiKey(owner.personId);
    const ask = async (query: string) => {
      const answer = await getList(keyRequest(secret, `/api/v1/connections?limit=2${query}`));
      return connectionListSchema.parse(await answer.json());
    };
    const first = await ask('');
    const second = await ask(`&cursor=${first.next}`);
    await withSystem('test', (tx) => tx.delete(connections).where(eq(connections.id, made[0] ?? '')));
    await make(0);
    const third = await ask(`&cursor=${second.next}`);
    const given = [first, second, third].map((page) => page.connections.map(({ id }) => id));
    expect(given.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(given.flat().toSorted()).toEqual(made.slice(0, 5).toSorted());
    expect(given.flat()[0]).toBe(made[0]);
    expect(third.next).toBeNull();
    expect((await ask(`&environment=${environment.slug}&health=needs_reconnect`)).next).toBeNull();
  });

  it.each([
    ...['?health=ill', '?nothing=1', '?alias=a&alias=b', '?limit=0', '?limit=201', '?limit=many'],
    ...['?cursor=', '?cursor=abc', `?cursor=${Buffer.from('{"id":"x"}').toString('base64url')}`],
  ])('refuses %s', async (query) => {
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
