import type { LookupAddress } from 'node:dns';
import { Client } from 'undici';
import { describe, expect, it } from 'vitest';
import { startRawLoopback } from '@/tests/loopback';
import { publicLookup } from './lookup';

type Answer = { error: unknown; address: string | LookupAddress[]; family: number | undefined };

function ask(answers: LookupAddress[], options: { all?: boolean; family?: number } = {}): Promise<Answer> {
  const lookup = publicLookup((_hostname, callback) => callback(null, answers));
  return new Promise((resolve) => {
    lookup('acme.my.salesforce.com', options, (error, address, family) =>
      resolve({ error, address, family }),
    );
  });
}

const PUBLIC = { address: '13.108.1.1', family: 4 };
const PRIVATE = { address: '10.0.0.7', family: 4 };

describe('publicLookup', () => {
  it('gives public addresses', async () => {
    expect(await ask([PUBLIC], { all: true })).toMatchObject({ error: null, address: [PUBLIC] });
    expect(await ask([PUBLIC])).toMatchObject({ error: null, address: '13.108.1.1', family: 4 });
  });

  it('refuses a name with one private address', async () => {
    expect((await ask([PUBLIC, PRIVATE], { all: true })).error).toMatchObject({ code: 'HOST_NOT_ALLOWED' });
    expect((await ask([{ address: '::ffff:10.0.0.7', family: 6 }])).error).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('says so when a name has no address of the family asked for', async () => {
    expect((await ask([], { all: true })).error).toMatchObject({ code: 'HOST_UNRESOLVABLE' });
    expect((await ask([PUBLIC], { family: 6 })).error).toMatchObject({ code: 'HOST_UNRESOLVABLE' });
  });

  it('passes a resolver error on as ours', async () => {
    const failing = publicLookup((_hostname, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []),
    );
    const error = await new Promise((resolve) =>
      failing('nowhere.my.salesforce.com', {}, (problem) => resolve(problem)),
    );
    expect(error).toMatchObject({
      code: 'HOST_UNRESOLVABLE',
      details: { host: 'nowhere.my.salesforce.com' },
    });
  });

  it('keeps a socket from connecting when the name is rebound to this machine', async () => {
    let connections = 0;
    const { origin } = await startRawLoopback(() => {
      connections += 1;
    });
    const lookup = publicLookup((_hostname, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }]),
    );
    const client = new Client(`http://acme.my.salesforce.com:${new URL(origin).port}`, {
      connect: { lookup },
    });
    await expect(client.request({ path: '/', method: 'GET' })).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
    expect(connections).toBe(0);
    await client.destroy();
  });

  it('connects to the address that it checked, whatever the name says a moment later', async () => {
    let lookups = 0;
    const lookup = publicLookup((_hostname, callback) => {
      lookups += 1;
      callback(null, [{ address: lookups === 1 ? '13.108.1.1' : '127.0.0.1', family: 4 }]);
    });
    const address = await new Promise((resolve) =>
      lookup('acme.my.salesforce.com', {}, (_e, found) => resolve(found)),
    );
    expect([address, lookups]).toEqual(['13.108.1.1', 1]);
  });
});
