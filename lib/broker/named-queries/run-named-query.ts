import type { BrokerCall } from '@/lib/broker/call/types';
import { decideRun } from '@/lib/broker/named-queries/decide-run';
import { requireNamedQuery } from '@/lib/broker/named-queries/queries';
import { readRun } from '@/lib/broker/named-queries/read-run';
import { decideNamedQuery } from '@/lib/broker/policy/decide';
import { describeThrough } from '@/lib/broker/proxy/describe-through';
import { streamRows } from '@/lib/broker/rows/stream-rows';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import { AppError } from '@/lib/errors';

/**
 * `GET …/queries/{name}/run`: all rows of a named query. `connection`: id or alias, left out by a key that is bound to
 * one; `environment`: slug; `format`: `json`, `ndjson`, `csv`; everything else are the query's parameters. Throws
 * NOT_FOUND, INVALID_INPUT, POLICY_REFUSED, and Salesforce's refusals.
 */
export async function runNamedQuery(
  call: BrokerCall,
  name: string,
  search: URLSearchParams,
): Promise<Response> {
  const named = decideNamedQuery(call.key.policy, name);
  if (!named.allowed) return await call.refuse(named);
  const query = await requireNamedQuery(call.ctx, name);
  call.note({ target: query.name });
  const run = readRun(query, search);
  const connection = await call.connection(
    search.get('connection') ?? onlyConnection(call),
    search.get('environment'),
  );
  const client = salesforceClient(connection, call.ctx.personId);
  const describe = describeThrough(client, connection);
  const { decision } = await decideRun(call.key.policy, call.settings(connection), run, describe);
  if (!decision.allowed) return await call.refuse(decision);
  return await streamRows(call, connection, run);
}

/** Of a key that is bound to one. */
function onlyConnection({ key }: BrokerCall): string {
  const [only, ...others] = key.policy.connections ?? [];
  if (only !== undefined && others.length === 0) return only;
  throw new AppError('INVALID_INPUT', 'The parameter “connection” is required.', {
    nextStep: 'It is the id or the alias of a connection. GET /api/v1/connections lists them.',
  });
}
