import { UNREACHABLE } from '@/components/forms/action-result';
import type { ChainReport } from '@/lib/audit/types';
import type { Problem } from '@/lib/errors';

/** A verification under way; at its end it has a report or a problem. */
export interface VerifyState {
  verified: number;
  sealed: number;
  report: ChainReport | null;
  problem: Problem | null;
}

type Line = { progress?: { verified: number; sealed: number } } & Partial<
  Pick<VerifyState, 'report' | 'problem'>
>;

/** Runs a verification on the server and says how it stands, with each line of the answer. Never throws. */
export async function verify(say: (state: VerifyState) => void): Promise<void> {
  let state: VerifyState = { verified: 0, sealed: 0, report: null, problem: null };
  const show = (line: Line) => {
    const { progress, ...end } = line;
    state = { ...state, ...progress, ...end };
    say(state);
  };
  show({});
  try {
    const response = await fetch('/api/audit/verification', { method: 'POST' });
    for await (const line of linesOf(response)) show(JSON.parse(line) as Line);
  } catch {
    // Nothing came back, or half a line.
  }
  if (state.report === null && state.problem === null) show({ problem: UNREACHABLE });
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
