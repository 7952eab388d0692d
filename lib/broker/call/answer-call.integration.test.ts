import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { apiCalls, apiKeySecrets, apiKeys, auditLog, people } from '@/db/schema';
import { answerCall } from '@/lib/broker/call/answer-call';
import type { BrokerCall } from '@/lib/broker/call/types';
import { makeSecret } from '@/lib/broker/keys/secret';
import { flushUsage } from '@/lib/broker/usage/usage-log';
import { LIMITS } from '@/lib/limits/limits';
import { isFresh } from '@/lib/session/context';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';

const ok = async () => Response.json({ fine: true });
const ask = (secret: string | null, work: (call: BrokerCall) => Promise<Response> = ok) =>
  answerCall(keyRequest(secret), { operation: 'test' }, work);

const callsOf = async (keyId: string) => {
  await flushUsage();
  return withSystem('test', (tx) =>
    tx.select().from(apiCalls).where(eq(apiCalls.keyId, keyId)).orderBy(apiCalls.id),
  );
};

const denialsOf = (keyId: string) =>
  withSystem('test', (tx) => tx.select().from(auditLog).where(eq(auditLog.subjectId, keyId)));

describe('a call with a key', () => {
  it('acts as the owner, without a session and never fresh', async () => {
    const owner = await makeContext();
    const key = await makeApiKey(owner.personId);
    const answer = await ask(key.secret, async ({ ctx }) => {
      expect(ctx).toMatchObject({
        personId: owner.personId,
        role: 'member',
        sessionId: '00000000-0000-0000-0000-000000000000',
        apiKey: { id: key.id, prefix: key.prefix, name: 'Nightly' },
      });
      expect(isFresh(ctx)).toBe(false);
      return Response.json({ fine: true });
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ fine: true });
    const { points, seconds } = LIMITS.api_key;
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'orgdock-api-calls': '0',
      'ratelimit-policy': `"key";q=${points};w=${seconds}`,
      ratelimit: expect.stringMatching(new RegExp(`^"key";r=${points - 1};t=\\d+$`)),
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const [key_] = await withSystem('test', (tx) => tx.select().from(apiKeys).where(eq(apiKeys.id, key.id)));
    expect(key_).toMatchObject({ lastUsedAt: expect.any(Date), lastUsedFrom: '192.0.2.1' });
    expect(await callsOf(key.id)).toMatchObject([
      { ownerId: owner.personId, operation: 'test', method: 'GET', status: 200, code: null, bytes: 13 },
    ]);
  });

  it.each([
    ['no key', () => null, 'Bearer realm="Orgdock"'],
    ['an unknown key', () => makeSecret().secret, 'Bearer realm="Orgdock", error="invalid_token"'],
    ['something else', () => 'sesame', 'Bearer realm="Orgdock", error="invalid_token"'],
  ])('is refused with %s', async (_, secret, challenge) => {
    const answer = await ask(secret(), () => Promise.reject(new Error('never')));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain(challenge);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: 'http://localhost:3000/api-reference#API_KEY_INVALID',
      title: 'API key invalid',
      status: 401,
      code: 'API_KEY_INVALID',
      instance: `urn:uuid:${answer.headers.get('x-request-id')}`,
    });
  });

  it.each([
    ['expired', 'API_KEY_EXPIRED', { expiresAt: new Date(0) }],
    ['replaced', 'API_KEY_EXPIRED', { retiresAt: new Date(0) }],
    ['revoked', 'API_KEY_REVOKED', { revokedAt: new Date() }],
  ])('is refused with one that is %s, which the audit log tells once', async (_, code, values) => {
    const { personId } = await makeContext();
    const { secret, id } = await makeApiKey(personId, {}, values);
    for (let count = 0; count < 3; count += 1) {
      const answer = await ask(secret);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code });
    }
    expect(await denialsOf(id)).toMatchObject([
      { action: 'api_key.denied', outcome: 'denied', personId, details: { rule: code, count: 1 } },
    ]);
  });

  it.each([
    ['deactivated', { deactivatedAt: new Date() }],
    ['an auditor', { role: 'auditor' as const }],
  ])('is refused when its owner is %s', async (_, changes) => {
    const { personId } = await makeContext();
    const { secret } = await makeApiKey(personId);
    expect((await ask(secret)).status).toBe(200);
    await withSystem('test', (tx) => tx.update(people).set(changes).where(eq(people.id, personId)));
    const answer = await ask(secret);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'API_KEY_REVOKED' });
  });

  it('is refused with a right prefix and a wrong secret', async () => {
    const { personId } = await makeContext();
    const { prefix, id } = await makeApiKey(personId);
    const answer = await ask(`${prefix}_${'A'.repeat(43)}`);
    expect(await answer.json()).toMatchObject({ code: 'API_KEY_INVALID' });
    const [secret] = await withSystem('test', (tx) =>
      tx.select().from(apiKeySecrets).where(eq(apiKeySecrets.keyId, id)),
    );
    expect(secret?.lastUsedAt).toBeNull();
  });

  it('finds an own connection by id and alias, and nobody else’s', async () => {
    const [owner, other] = [await makeContext(), await makeContext()];
    const environment = await makeEnvironment();
    const alias = `sales-${randomUUID()}`;
    const own = await makeConnection({ ownerId: owner.personId, environmentId: environment.id }, { alias });
    const foreign = await makeConnection({ ownerId: other.personId, environmentId: environment.id });
    const { secret } = await makeApiKey(owner.personId);
    const find = (ref: string, slug?: string) =>
      ask(secret, async (call) => Response.json({ id: (await call.connection(ref, slug)).id }));
    for (const found of [find(own.id), find(alias), find(alias, environment.slug)]) {
      expect(await (await found).json()).toEqual({ id: own.id });
    }
    for (const missing of [find(foreign.id), find(alias, 'elsewhere'), find(randomUUID()), find('x')]) {
      expect((await missing).status).toBe(404);
    }
  });
});
