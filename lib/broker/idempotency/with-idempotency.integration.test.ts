import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { idempotencyKeys } from '@/db/schema';
import { answerCall } from '@/lib/broker/call/answer-call';
import { withIdempotency } from '@/lib/broker/idempotency/with-idempotency';
import { AppError } from '@/lib/errors';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { makeContext } from '@/tests/factories';

const created = () => Response.json({ id: '001', success: true }, { status: 201 });

async function makeWriter() {
  const { personId } = await makeContext();
  const { secret } = await makeApiKey(personId);
  let sent = 0;
  const write = (
    name: string | null,
    { body = '{"Name":"Acme"}', method = 'POST', more = {}, work = async () => created() } = {},
  ) => {
    const headers: Record<string, string> = { ...more, ...(name !== null && { 'idempotency-key': name }) };
    const request = keyRequest(secret, '/api/v1/connections/x/records/Account', { method, body, headers });
    return answerCall(request, { operation: 'record' }, (call) =>
      withIdempotency(call, request, async () => {
        sent += 1;
        expect(await request.text()).toBe(body);
        return await work();
      }),
    );
  };
  return { write, sent: () => sent };
}

const refusedBySalesforce = (status: number) =>
  new AppError('SALESFORCE_REFUSED', 'No.', { salesforce: { error: 'X', description: null, status } });
const doneAndRefused = new AppError('POLICY_REFUSED', 'No.', {
  details: { rule: 'rows_per_day', sent: 'yes' },
});

const age = (interval: string) =>
  withSystem('test', (tx) =>
    tx.update(idempotencyKeys).set({ startedAt: sql`orgdock.now() - ${interval}::interval` }),
  );

describe('a write with an Idempotency-Key', () => {
  it('is sent once, and answered again as the first time', async () => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    const first = await write(name);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const second = await write(`"${name}"`);
    expect(sent()).toBe(1);
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('content-type')).toBe('application/json');
    expect(await second.text()).toBe(await first.text());
  });

  it('is sent once however many come at once', async () => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => write(name)));
    expect(sent()).toBe(1);
    const rest = answers.filter(
      ({ status, headers }) => status !== 201 || headers.has('idempotency-replayed'),
    );
    expect(rest).toHaveLength(11);
    for (const answer of rest) {
      if (answer.status === 201) continue;
      expect(answer.status).toBe(409);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    }
  });

  it('is refused for another request, and is another one for another key', async () => {
    const [one, other] = [await makeWriter(), await makeWriter()];
    const name = randomUUID();
    await one.write(name);
    for (const changed of [
      { body: '{"Name":"Other"}' },
      { method: 'PATCH' },
      { more: { 'if-match': '"x"' } },
      { more: { 'content-type': 'text/csv' } },
    ]) {
      const answer = await one.write(name, changed);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    expect(one.sent()).toBe(1);
    expect((await other.write(name)).status).toBe(201);
  });

  it.each([
    ['Salesforce refused it', async () => Promise.reject(refusedBySalesforce(400))],
    ['its token had ended', async () => new Response('[]', { status: 401 })],
  ])('may be tried again when %s', async (_, work) => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    await write(name, { work });
    expect((await write(name)).status).toBe(201);
    expect(sent()).toBe(2);
  });

  it('may be tried again when it was refused before anything was sent', async () => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    const refused = await write(name, { work: () => Promise.reject(new AppError('RATE_LIMITED', 'No.')) });
    expect(refused.status).toBe(429);
    expect((await write(name)).status).toBe(201);
    expect(sent()).toBe(2);
  });

  it.each([
    ['its answer was lost', () => Promise.reject(new AppError('TIMEOUT', 'No answer.'))],
    ['it was done, and its answer may not be given', () => Promise.reject(doneAndRefused)],
    ['Salesforce failed in our words', () => Promise.reject(refusedBySalesforce(503))],
    ['Salesforce failed', async () => new Response('down', { status: 503 })],
    ['its answer is too large to be kept', async () => new Response('x'.repeat(65_537), { status: 200 })],
  ])('is never sent again when %s', async (_, work) => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    const first = await write(name, { work });
    if (first.status === 200) expect(await first.text()).toHaveLength(65_537);
    const again = await write(name);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'IDEMPOTENCY_NO_ANSWER' });
    expect(sent()).toBe(1);
  });

  it('of a process that died is under way, then of unknown end, and forgotten after a day', async () => {
    const { write, sent } = await makeWriter();
    const name = randomUUID();
    const never = () => new Promise<Response>(() => undefined);
    void write(name, { work: never });
    const codeOf = async () => ((await (await write(name)).json()) as { code?: string }).code;
    await expect.poll(sent).toBe(1);
    expect(await codeOf()).toBe('IDEMPOTENCY_IN_PROGRESS');
    await age('16 minutes');
    expect(await codeOf()).toBe('IDEMPOTENCY_NO_ANSWER');
    await age('25 hours');
    expect((await write(name)).status).toBe(201);
    expect(sent()).toBe(2);
  });

  it('has a name of some length', async () => {
    const { write, sent } = await makeWriter();
    for (const name of ['""', 'x'.repeat(256)]) expect((await write(name)).status).toBe(400);
    expect(sent()).toBe(0);
  });

  it('is nothing special without one', async () => {
    const { write, sent } = await makeWriter();
    await write(null);
    await write(null);
    expect(sent()).toBe(2);
  });
});
