import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { apiCalls, apiKeyDays, auditLog, connectionUsage, environments, rateLimits } from '@/db/schema';
import { answerCall } from '@/lib/broker/call/answer-call';
import type { BrokerCall } from '@/lib/broker/call/types';
import type { KeyPolicy } from '@/lib/broker/types';
import { flushUsage } from '@/lib/broker/usage/usage-log';
import { LIMITS } from '@/lib/limits/limits';
import { registry } from '@/lib/registry';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { settled } from '@/tests/connected';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

const ok = async () => new Response(null, { status: 204 });
/** Reads the answer to its end, as a caller does: only then a call is over. */
async function ask(secret: string, work: (call: BrokerCall) => Promise<Response> = ok): Promise<Response> {
  const answer = await answerCall(keyRequest(secret), { operation: 'test' }, work);
  const { status, headers } = answer;
  return new Response((await answer.text()) || null, { status, headers });
}

async function makeReader(policy: Partial<KeyPolicy> = {}) {
  const owner = await makeContext();
  const environment = await makeEnvironment();
  const connection = await makeConnection({ ownerId: owner.personId, environmentId: environment.id });
  return { owner, environment, connection, key: await makeApiKey(owner.personId, policy) };
}

const dayOf = async (keyId: string) => {
  await flushUsage();
  const rows = await withSystem('test', (tx) =>
    tx.select().from(apiKeyDays).where(eq(apiKeyDays.keyId, keyId)),
  );
  return { calls: rows[0]?.calls ?? 0, rows: rows[0]?.rows ?? 0 };
};

describe('the rows of a key', () => {
  it('are never more in a day than its policy says, however many calls take them at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }), { minLength: 2, maxLength: 8 }),
        async (rowsPerDay, calls) => {
          const { key } = await makeReader({ rowsPerDay });
          let given = 0;
          await Promise.all(
            calls.map((pieces) =>
              ask(key.secret, async (call) => {
                for (const rows of pieces) {
                  await call.spendRows(rows);
                  given += rows;
                }
                return ok();
              }),
            ),
          );
          expect(given).toBeLessThanOrEqual(rowsPerDay);
          const wanted = calls.flat().reduce((sum, rows) => sum + rows, 0);
          if (wanted <= rowsPerDay) expect(given).toBe(wanted);
          expect(await dayOf(key.id)).toEqual({ calls: calls.length, rows: given });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('are never more in a call than its policy says, and those written count as well', async () => {
    const { key } = await makeReader({ rowsPerCall: 10 });
    const answer = await ask(key.secret, async (call) => {
      await call.spendRows(6);
      await call.spendRows(4, 'written');
      await call.spendRows(1);
      return ok();
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'POLICY_REFUSED', rule: 'rows_per_call' });
    expect(await dayOf(key.id)).toEqual({ calls: 1, rows: 10 });
  });

  it('are counted as read through their connection, but for those written', async () => {
    const { key, connection } = await makeReader();
    await ask(key.secret, async (call) => {
      await call.connection(connection.id);
      await call.spendRows(7);
      await call.spendRows(5, 'written');
      return ok();
    });
    await settled();
    const usage = await withSystem('test', (tx) =>
      tx.select().from(connectionUsage).where(eq(connectionUsage.connectionId, connection.id)),
    );
    expect(usage).toMatchObject([{ rows: 7 }]);
  });
});

describe('the calls of a key', () => {
  it('are never more in a day than its policy says, and headers tell what is left', async () => {
    const { key } = await makeReader({ callsPerDay: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(key.secret)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(3);
    const refused = answers.find(({ status }) => status === 403);
    expect(await refused?.json()).toMatchObject({ rule: 'calls_per_day' });
    expect(refused?.headers.get('ratelimit-policy')).toContain('"day";q=3;w=86400');
    const left = answers.map(({ headers }) => /"day";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    expect(left.filter((count) => count === '2')).toHaveLength(1);
    expect(await dayOf(key.id)).toMatchObject({ calls: 6 });
  });

  it('are limited over all replicas, with when to come again', async () => {
    const { key } = await makeReader();
    expect((await ask(key.secret)).status).toBe(204);
    const { points, lot } = LIMITS.api_key;
    // As if another replica had counted all the others but one lot, and this process knew nothing of it.
    await withSystem('test', (tx) => tx.update(rateLimits).set({ points: points - lot }));
    registry().slots.delete('limits.lots.api_key');
    const answers = [];
    for (let act = 0; act <= lot; act += 1) answers.push(await ask(key.secret));
    expect(answers.map(({ status }) => status)).toEqual([...Array(lot).fill(204), 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answers.at(-1)?.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/);
  });
});

describe('a policy', () => {
  const find = (secret: string, ref: string) =>
    ask(secret, async (call) => Response.json({ id: (await call.connection(ref)).id }));

  it.each<[string, (made: Awaited<ReturnType<typeof makeReader>>) => Partial<KeyPolicy>]>([
    ['environments', () => ({ environments: [] })],
    ['connections', ({ environment }) => ({ environments: [environment.id], connections: [] })],
    ['addresses', () => ({ addresses: ['192.0.2.2', '198.51.100.0/24', '2001:db8::/32'] })],
    ['hours', () => ({ hours: { days: [], from: '08:00', to: '18:00', timeZone: 'UTC' } })],
  ])('refuses by its %s, which the audit log tells once', async (rule, policyOf) => {
    const made = await makeReader();
    const { secret, id } = await makeApiKey(made.owner.personId, policyOf(made));
    for (const answer of [await find(secret, made.connection.id), await find(secret, made.connection.id)]) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'POLICY_REFUSED', rule });
    }
    const denials = await withSystem('test', (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, id)),
    );
    expect(denials).toMatchObject([{ details: { rule, count: 1, apiKey: expect.any(String) } }]);
    await flushUsage();
    const calls = await withSystem('test', (tx) => tx.select().from(apiCalls).where(eq(apiCalls.keyId, id)));
    expect(calls).toMatchObject([
      { status: 403, code: 'POLICY_REFUSED', rule },
      { status: 403, code: 'POLICY_REFUSED', rule },
    ]);
  });

  it('lets a call from one of its addresses through', async () => {
    const { owner, connection } = await makeReader();
    const { secret } = await makeApiKey(owner.personId, { addresses: ['192.0.2.0/24'] });
    expect((await find(secret, connection.id)).status).toBe(200);
  });

  it('does not open what its owner may not use', async () => {
    const { key, connection, environment } = await makeReader();
    await withSystem('test', (tx) =>
      tx.update(environments).set({ access: 'admins' }).where(eq(environments.id, environment.id)),
    );
    const answer = await find(key.secret, connection.id);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'ENVIRONMENT_NOT_OPEN' });
  });
});

describe('an answer', () => {
  it('below /services is in Salesforce’s words', async () => {
    const { key } = await makeReader();
    const answer = await answerCall(
      keyRequest(key.secret),
      { operation: 'proxy', dialect: 'salesforce' },
      (call) => call.refuse({ allowed: false, rule: 'objects', reason: 'No.', because: [] }),
    );
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual([
      { errorCode: 'ORGDOCK_POLICY_REFUSED', message: expect.stringMatching(/^No\. The owner of/) },
    ]);
  });

  it('that breaks off is written down with why, and one that nobody reads on with what left', async () => {
    const { key } = await makeReader();
    const bytes = new TextEncoder().encode('12345');
    // As a caller that has the head of an answer and not its end.
    const begin = (work: () => Promise<Response>) =>
      answerCall(keyRequest(key.secret), { operation: 'test' }, work);
    const broken = await begin(
      async () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(bytes),
            pull: (controller) => controller.error(new Error('gone')),
          }),
        ),
    );
    await expect(broken.text()).rejects.toThrow('gone');
    const left = await begin(
      async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(bytes) })),
    );
    const reader = left.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await flushUsage();
    const calls = await withSystem('test', (tx) =>
      tx.select().from(apiCalls).where(eq(apiCalls.keyId, key.id)).orderBy(apiCalls.id),
    );
    expect(calls).toMatchObject([
      { status: 200, bytes: 5, code: 'INTERNAL' },
      { status: 200, bytes: 5, code: null },
    ]);
  });
});
