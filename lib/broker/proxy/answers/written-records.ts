import type { AuditedWrite } from '@/lib/broker/call/types';
import type { Touch } from '@/lib/broker/types';

type Json = Record<string, unknown>;

const RECORD_ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
const WRITES = ['create', 'update', 'delete'];

/** What a write did, in the words of the audit log: `upsert` where it may create or update. */
export function operationOf(touches: readonly Touch[]): AuditedWrite['operation'] {
  const done = [...new Set(touches.map(({ operation }) => operation))].filter((one) => WRITES.includes(one));
  const [only] = done;
  if (done.length === 1) return only as 'create' | 'update' | 'delete';
  return done.length === 2 && done.includes('create') && done.includes('update') ? 'upsert' : 'other';
}

/** The one object that is written; null: several, or nobody can tell. */
export function writtenObject(touches: readonly Touch[]): string | null {
  const written = touches.filter(({ operation }) => WRITES.includes(operation));
  const names = new Set(written.map(({ sobject }) => sobject));
  const [only] = names;
  return names.size === 1 && only !== '' && only !== '*' ? (only ?? null) : null;
}

/** Ids of the records that were written: those of the answer, or the one in the path of a write that answers nothing. */
export function writtenIds(target: string, body: unknown): string[] {
  const answered = idsIn(body);
  if (answered.length > 0) return answered;
  const last = (target.split('?', 1)[0] ?? '').split('/').at(-1) ?? '';
  return RECORD_ID.test(last) && /\/sobjects\/\w+\/\w+$/.test(target.split('?', 1)[0] ?? '') ? [last] : [];
}

function idsIn(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(idsIn);
  if (typeof body !== 'object' || body === null) return [];
  const answer = body as Json;
  if (typeof answer.id === 'string' && RECORD_ID.test(answer.id) && answer.success !== false) {
    return [answer.id];
  }
  const parts = [answer.compositeResponse, answer.results, answer.graphs].find(Array.isArray) ?? [];
  return (parts as Json[]).flatMap((part) => idsIn(part.body ?? part.result ?? part.graphResponse ?? part));
}
