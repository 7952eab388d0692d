import { UNREACHABLE } from '@/components/forms/action-result';
import type { GridFault } from '@/components/states/faults/grid-fault';

export type JsonAnswer<T> = { ok: true; body: T } | { ok: false; problem: GridFault };

const OFFLINE: GridFault = {
  ...UNREACHABLE,
  code: 'OFFLINE',
  message: 'This browser is offline.',
  nextStep: 'What was loaded stays here. Try again when the network is back.',
};

/** Reads JSON from a route of this portal; its `{problem}`, or one of ours. Throws only when it was aborted. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<JsonAnswer<T>> {
  try {
    const response = await fetch(path, {
      headers: { accept: 'application/json' },
      ...(signal ? { signal } : {}),
    });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, body: body as T };
    const problem = (body as { problem?: GridFault } | null)?.problem;
    return { ok: false, problem: typeof problem?.code === 'string' ? problem : UNREACHABLE };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ok: false, problem: navigator.onLine ? UNREACHABLE : OFFLINE };
  }
}
