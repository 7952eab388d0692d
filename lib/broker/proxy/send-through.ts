import type { BrokerCall } from '@/lib/broker/call/types';
import type { Understood } from '@/lib/broker/policy/types';
import { acceptOf } from '@/lib/broker/proxy/accept';
import { answerRead } from '@/lib/broker/proxy/answers/answer-read';
import { answerWrite, auditLostWrite } from '@/lib/broker/proxy/answers/answer-write';
import { passOn } from '@/lib/broker/proxy/answers/pass-on';
import { bodyToSend, type RequestBody } from '@/lib/broker/proxy/read-request-body';
import { targetName } from '@/lib/broker/proxy/target-name';
import type { ReadableConnection } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import { headersToSalesforce } from '@/lib/salesforce/proxy/headers';
import { type ProxiedAnswer, sendForProgram } from '@/lib/salesforce/proxy/send';
import type { ApiMeter, SalesforceClient } from '@/lib/salesforce/types';

/** A call as a program makes it, meant for Salesforce. */
export interface ProgramCall {
  method: string;
  /** Path and query from `/services/` on, as they were sent. */
  target: string;
  headers: Headers;
  body: RequestBody | null;
  /** Of the program's connection: a read whose answer nobody waits for any more ends. */
  signal: AbortSignal;
}

/** A connection with what calls through it have cost so far. */
export interface Through {
  connection: ReadableConnection;
  client: SalesforceClient & { meter: ApiMeter };
}

/**
 * Sends a call that was permitted, and passes Salesforce's answer on. Rows are taken off what the key may have before any
 * are given; a write is audited. Salesforce's errors are answers, as they came.
 */
export async function sendThrough(
  call: BrokerCall,
  through: Through,
  what: Understood,
  request: ProgramCall,
): Promise<Response> {
  const { client } = through;
  call.note({ target: targetName(what) });
  if (!what.reads && what.rows !== null) await call.spendRows(what.rows, 'written');
  const began = performance.now();
  const noteCosts = () =>
    call.note({
      cost: client.meter.calls,
      budget: client.meter.budget,
      salesforceMilliseconds: performance.now() - began,
    });
  try {
    const answer = await send(call, through, what, request);
    noteCosts();
    if (!what.reads) {
      const sent = { connection: through.connection, what, target: request.target };
      return await answerWrite(call, sent, answer);
    }
    const response = countsRows(what, request, answer)
      ? await answerRead(call, through.connection, what, answer)
      : await passUncounted(call, what, answer);
    noteCosts();
    return response;
  } catch (error) {
    noteCosts();
    throw error;
  }
}

async function send(
  call: BrokerCall,
  { client, connection }: Through,
  what: Understood,
  { method, target, headers, body, signal }: ProgramCall,
): Promise<ProxiedAnswer> {
  const passed = headersToSalesforce(headers);
  const accept = acceptOf(what, passed.accept);
  if (accept !== undefined) passed.accept = accept;
  try {
    return await sendForProgram(client, {
      method,
      target,
      headers: passed,
      body: body && bodyToSend(body),
      reads: what.reads,
      ...(what.reads && { signal }),
    });
  } catch (error) {
    if (!what.reads && mayHaveArrived(error)) {
      await auditLostWrite(call, { connection, what, target });
    }
    throw error;
  }
}

/** Whether Salesforce may have done what no answer came for. */
function mayHaveArrived(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ['TIMEOUT', 'HOST_UNREACHABLE', 'SALESFORCE_ANSWER_INVALID'].includes(error.code)
  );
}

/** A file of a record is one row, and passed on as it comes; so are describes, and what nobody looks into. */
async function passUncounted(call: BrokerCall, what: Understood, answer: ProxiedAnswer): Promise<Response> {
  if (answer.status < 300 && what.touches.some(({ operation }) => operation === 'read'))
    await call.spendRows(1);
  return passOn(answer, answer.body);
}

function givesRows({ touches, family }: Understood): boolean {
  return family === null && touches.some(({ operation }) => operation === 'query' || operation === 'search');
}

function countsRows(what: Understood, { method }: ProgramCall, { status, headers }: ProxiedAnswer): boolean {
  if (method === 'HEAD' || status > 299 || what.family !== null) return false;
  if (givesRows(what)) return true;
  const isJson = String(headers['content-type'] ?? '').startsWith('application/json');
  return isJson && what.touches.some(({ operation }) => operation === 'read');
}
