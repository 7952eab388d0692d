import { queryRequestSchema } from '@/lib/broker/api-schemas/query';
import type { BrokerCall } from '@/lib/broker/call/types';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import { describeThrough } from '@/lib/broker/proxy/describe-through';
import { permit } from '@/lib/broker/proxy/permit';
import { readInput } from '@/lib/broker/proxy/read-input';
import { targetName } from '@/lib/broker/proxy/target-name';
import { streamRows } from '@/lib/broker/rows/stream-rows';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';

/** SOQL has at most 100,000 characters. */
const MOST_BYTES = 512 * 1024;

/** `POST …/query`: all rows of a query as NDJSON or CSV. Throws POLICY_REFUSED, INVALID_INPUT, and Salesforce's refusals. */
export async function answerQuery(
  call: BrokerCall,
  connection: ReadableConnection,
  request: Request,
): Promise<Response> {
  const query = await readInput(request, queryRequestSchema, MOST_BYTES);
  const client = salesforceClient(connection, call.ctx.personId);
  const describe = call.key.policy.objects === null ? null : describeThrough(client, connection);
  const what = await permit(call, connection, await understandSoql(query.soql, describe));
  call.note({ target: targetName(what) });
  return await streamRows(call, connection, query);
}
