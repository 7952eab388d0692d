import { z } from 'zod';
import type { BrokerCall } from '@/lib/broker/call/types';
import { bindQuery } from '@/lib/broker/named-queries/bind';
import { requireNamedQuery } from '@/lib/broker/named-queries/queries';
import { readArguments } from '@/lib/broker/named-queries/read-arguments';
import { decide, decideNamedQuery } from '@/lib/broker/policy/decide';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import { describeThrough } from '@/lib/broker/proxy/describe-through';
import { streamRows } from '@/lib/broker/rows/stream-rows';
import type { KeyPolicy } from '@/lib/broker/types';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import { AppError } from '@/lib/errors';

const OPTIONS = {
  format: z.enum(['json', 'ndjson', 'csv'], 'must be json, ndjson or csv').default('json'),
  defuse: z.enum(['true', 'false'], 'must be true or false').default('true'),
};

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
  const format = readOption('format', search);
  const defuse = readOption('defuse', search) === 'true';
  const soql = bindQuery(query, readArguments(query, search));
  const connection = await call.connection(
    search.get('connection') ?? onlyConnection(call),
    search.get('environment'),
  );
  const policy = policyFor(call.key.policy);
  const client = salesforceClient(connection, call.ctx.personId);
  const describe = policy.objects === null ? null : describeThrough(client, connection);
  const what = await understandSoql(soql, describe);
  const decision = decide(policy, { ...call.settings(connection), namedQuery: query.name }, what);
  if (!decision.allowed) return await call.refuse(decision);
  return await streamRows(call, connection, { soql, format, defuse });
}

/**
 * For a key that runs named queries only, the query itself is the permission: administrators wrote what it reads. Every
 * other key stays within its objects and fields here as well.
 */
function policyFor(policy: KeyPolicy): KeyPolicy {
  return policy.access === 'named_queries' ? { ...policy, objects: null } : policy;
}

/** Of a key that is bound to one. */
function onlyConnection({ key }: BrokerCall): string {
  const [only, ...others] = key.policy.connections ?? [];
  if (only !== undefined && others.length === 0) return only;
  throw new AppError('INVALID_INPUT', 'The parameter “connection” is required.', {
    nextStep: 'It is the id or the alias of a connection. GET /api/v1/connections lists them.',
  });
}

function readOption<Name extends keyof typeof OPTIONS>(
  name: Name,
  search: URLSearchParams,
): z.infer<(typeof OPTIONS)[Name]> {
  const parsed = OPTIONS[name].safeParse(search.get(name) ?? undefined);
  if (parsed.success) return parsed.data as z.infer<(typeof OPTIONS)[Name]>;
  throw new AppError('INVALID_INPUT', `The parameter “${name}” ${parsed.error.issues[0]?.message}.`);
}
