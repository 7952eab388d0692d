import { UNREACHABLE } from '@/components/forms/action-result';
import type { Problem } from '@/lib/errors';

export type GetAnswer<T> = { ok: true; body: T } | { ok: false; problem: Problem };

/** Reads a JSON route of this portal; its `{problem}`, or one of ours when nothing came back. Never throws. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<GetAnswer<T>> {
  try {
    const response = await fetch(path, { ...(signal ? { signal } : {}) });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, body: body as T };
    const problem = (body as { problem?: Problem } | null)?.problem;
    return { ok: false, problem: typeof problem?.message === 'string' ? problem : UNREACHABLE };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}
