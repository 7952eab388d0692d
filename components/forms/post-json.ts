import type { Problem } from '@/lib/errors';
import { UNREACHABLE } from './action-result';

export type PostAnswer = { ok: true; body: Record<string, unknown> } | { ok: false; problem: Problem };

/** Posts JSON to a route of this portal; its `{problem}`, or one of ours when nothing came back. Never throws. */
export async function postJson(path: string, body: unknown): Promise<PostAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!isRecord(answer)) return { ok: false, problem: UNREACHABLE };
    if (response.ok) return { ok: true, body: answer };
    return { ok: false, problem: isProblem(answer.problem) ? answer.problem : UNREACHABLE };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value.code === 'string' && typeof value.message === 'string';
}
