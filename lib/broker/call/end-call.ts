import type { OpenCall } from '@/lib/broker/call/open-call';
import { recordCall } from '@/lib/broker/usage/usage-log';
import { countRows } from '@/lib/custody/usage/count-rows';
import { toProblem } from '@/lib/errors';
import { noteBudget } from '@/lib/records/reserve';

export interface CallEnd {
  request: Request;
  status: number;
  /** `performance.now()` at its beginning. */
  began: number;
  /** Of the answer, that left. */
  bytes: number;
  /** What ended it before its time, or was answered; null: nothing. */
  error: unknown;
}

const LONGEST_TARGET = 200;

/** Tells everybody who counts what a call came to. Waits for nobody. */
export function endCall(call: OpenCall, { request, status, began, bytes, error }: CallEnd): void {
  const { ctx, key, facts, spent, counted, opened, at } = call;
  if (opened && facts.budget) noteBudget(opened.orgId, facts.budget);
  if (opened && spent.given > 0) void countRows(opened.id, ctx.personId, spent.given);
  const problem = error === null ? null : toProblem(error);
  const rows = spent.given + spent.written;
  recordCall(
    {
      at,
      keyId: key.id,
      ownerId: ctx.personId,
      connectionId: facts.connectionId ?? null,
      environmentId: facts.environmentId ?? null,
      requestId: ctx.request.requestId,
      operation: call.operation,
      method: request.method,
      target: facts.target?.slice(0, LONGEST_TARGET) ?? null,
      status,
      code: problem?.code ?? null,
      rule: problem?.details.rule ?? null,
      rows: facts.rows ?? rows,
      cost: facts.cost ?? 0,
      bytes: facts.bytes ?? bytes,
      milliseconds: Math.round(performance.now() - began),
      salesforceMilliseconds: Math.round(facts.salesforceMilliseconds ?? 0),
    },
    {
      keyId: key.id,
      day: at.toISOString().slice(0, 10),
      calls: 1 - counted.calls,
      rows: rows - counted.rows,
    },
  );
}
