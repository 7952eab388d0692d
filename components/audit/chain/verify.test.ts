import { afterEach, describe, expect, it, vi } from 'vitest';
import { type VerifyState, verify } from './verify';

afterEach(() => vi.unstubAllGlobals());

async function statesOf(pieces: string[] | Error): Promise<VerifyState[]> {
  vi.stubGlobal('fetch', async () => {
    if (pieces instanceof Error) throw pieces;
    const encoder = new TextEncoder();
    return new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(encoder.encode(piece));
          controller.close();
        },
      }),
    );
  });
  const states: VerifyState[] = [];
  await verify((state) => states.push(state));
  return states;
}

describe('verify', () => {
  it('follows the progress, wherever a line is cut, to the report', async () => {
    const states = await statesOf([
      '{"progress":{"verified":2000,"sea',
      'led":5000}}\n{"progress":{"verified":4000,"sealed":5000}}\n',
      '{"report":{"verified":5000,"fault":null}}\n',
    ]);
    expect(states.map(({ verified }) => verified)).toEqual([0, 2000, 4000, 4000]);
    expect(states.at(-1)).toMatchObject({ sealed: 5000, report: { verified: 5000 }, problem: null });
  });

  it.each([
    ['nothing came back', new Error('network')],
    ['it broke off', ['{"progress":{"verified":1,"sealed":2}}\n{"rep']],
  ])('says so when %s', async (_, pieces) => {
    expect((await statesOf(pieces)).at(-1)).toMatchObject({ report: null, problem: { code: 'UNAVAILABLE' } });
  });

  it('hands on a refusal of the server', async () => {
    const problem = { code: 'FORBIDDEN', message: 'No.' };
    expect((await statesOf([JSON.stringify({ problem })])).at(-1)).toMatchObject({ problem });
  });
});
