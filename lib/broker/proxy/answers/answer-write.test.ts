import { describe, expect, it, vi } from 'vitest';
import type { BrokerCall } from '@/lib/broker/call/types';
import { answerWrite, type SentWrite } from '@/lib/broker/proxy/answers/answer-write';
import { AppError } from '@/lib/errors';

const ANSWER = {
  compositeResponse: [
    { body: { id: '001000000000000AAA', success: true } },
    { body: { records: [{ attributes: {} }] } },
  ],
};

const write = {
  connection: {},
  target: '/services/data/v66.0/composite',
  what: {
    touches: [
      { operation: 'create', sobject: 'Account', field: 'Name' },
      { operation: 'query', sobject: 'Account', field: 'Id' },
    ],
    family: null,
    rows: 1,
    locator: null,
    reads: false,
  },
} as unknown as SentWrite;

function answerTo(
  spendRows: BrokerCall['spendRows'],
  body = new Response(JSON.stringify(ANSWER)).body as ReadableStream<Uint8Array>,
) {
  const auditWrite = vi.fn(async () => undefined);
  const call = { key: { policy: { objects: null } }, spendRows, auditWrite } as unknown as BrokerCall;
  const given = answerWrite(call, write, { status: 200, headers: {}, body, unsentAfterRenewal: false });
  return { given, auditWrite };
}

describe('answerWrite', () => {
  it('counts what a composite call reads, and audits what it wrote', async () => {
    const spendRows = vi.fn(async () => undefined);
    const { given, auditWrite } = answerTo(spendRows);
    expect(await (await given).json()).toEqual(ANSWER);
    expect(spendRows).toHaveBeenCalledExactlyOnceWith(1);
    expect(auditWrite).toHaveBeenCalledExactlyOnceWith(
      write.connection,
      expect.objectContaining({ operation: 'create', recordIds: ['001000000000000AAA'], status: 200 }),
    );
  });

  it('audits a write whose answer breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new AppError('HOST_UNREACHABLE', 'Gone.')),
    });
    const { given, auditWrite } = answerTo(async () => undefined, broken);
    await expect(given).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    expect(auditWrite).toHaveBeenCalledExactlyOnceWith(
      write.connection,
      expect.objectContaining({ operation: 'create', status: 200 }),
    );
  });

  it('says that the write was done where what was read may not be given, so that it is not sent again', async () => {
    const refused = new AppError('POLICY_REFUSED', 'No rows.', { details: { rule: 'rows_per_call' } });
    const { given, auditWrite } = answerTo(() => Promise.reject(refused));
    await expect(given).rejects.toMatchObject({
      code: 'POLICY_REFUSED',
      message: 'No rows. What the call writes was done.',
      details: { rule: 'rows_per_call', sent: 'yes' },
    });
    expect(auditWrite).toHaveBeenCalledOnce();
  });
});
