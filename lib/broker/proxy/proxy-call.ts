import type { BrokerCall } from '@/lib/broker/call/types';
import { needsBody, understandRequest } from '@/lib/broker/policy/request/understand-request';
import type { Understanding } from '@/lib/broker/policy/types';
import { describeThrough } from '@/lib/broker/proxy/describe-through';
import { permit } from '@/lib/broker/proxy/permit';
import { beginBody, type RequestBody, wholeBody } from '@/lib/broker/proxy/read-request-body';
import { sendThrough, type Through } from '@/lib/broker/proxy/send-through';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { ApiMeter } from '@/lib/salesforce/types';

/**
 * A program's request to Salesforce: understood, decided on, sent, and its answer passed on. `target`: path and query from
 * `/services/` on, as they were sent. Throws POLICY_REFUSED, PAYLOAD_TOO_LARGE, and what keeps a call from an answer.
 */
export async function proxyCall(
  call: BrokerCall,
  connection: ReadableConnection,
  request: Request,
  target: string,
): Promise<Response> {
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  const client = { ...salesforceClient(connection, call.ctx.personId), meter };
  const through: Through = { connection, client };
  const { method, headers, signal } = request;
  const body = await beginBody(request);
  const { what, read } = await understand(call, through, { method, headers, body, target });
  const understood = await permit(call, connection, what);
  return await sendThrough(call, through, understood, { method, target, headers, body: read, signal });
}

interface Sent {
  method: string;
  headers: Headers;
  body: RequestBody | null;
  target: string;
}

/** What a policy looks into is read whole; what it does not is held as far as it can be sent again. */
async function understand(
  call: BrokerCall,
  { client, connection }: Through,
  { method, headers, body, target }: Sent,
): Promise<{ what: Understanding; read: RequestBody | null }> {
  const describe = call.key.policy.objects === null ? null : describeThrough(client, connection);
  const ask = (bytes: Buffer | null) => understandRequest({ method, target, headers, body: bytes, describe });
  if (body === null || !needsBody(method, target, headers.get('content-type'))) {
    return { what: await ask(null), read: body };
  }
  const head = await wholeBody(body);
  return { what: await ask(head), read: { head, rest: null } };
}
