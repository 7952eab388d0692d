import { describe, expect, it } from 'vitest';
import { beginBody, bodyToSend, MOST_LOOKED_INTO, wholeBody } from './read-request-body';

/** A body of so many pieces of 64 KB. */
function requestOf(pieces: number) {
  const state = { read: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.read === pieces) return controller.close();
        state.read += 1;
        controller.enqueue(new Uint8Array(65_536).fill(state.read));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: 'POST', body, duplex: 'half' };
  return { state, request: new Request('http://localhost', init as RequestInit) };
}

describe('the body of a program’s request', () => {
  it('is held when it is short, and none when there is none', async () => {
    expect(await beginBody(new Request('http://localhost'))).toBeNull();
    const body = await beginBody(requestOf(2).request);
    expect(body?.rest).toBeNull();
    expect(body && bodyToSend(body)).toHaveLength(131_072);
  });

  it('is a stream when it is long, with all that was read and in order', async () => {
    const { request, state } = requestOf(40);
    const body = await beginBody(request);
    expect(state.read).toBeLessThan(20);
    const stream = body && bodyToSend(body);
    const bytes = Buffer.from(await new Response(stream as ReadableStream<Uint8Array>).arrayBuffer());
    expect(bytes).toHaveLength(40 * 65_536);
    expect([bytes[0], bytes.at(-1)]).toEqual([1, 40]);
  });

  it('is read whole for a policy that looks into it, up to a limit', async () => {
    const whole = await beginBody(requestOf(40).request);
    expect(whole && (await wholeBody(whole))).toHaveLength(40 * 65_536);
    const { request, state } = requestOf(MOST_LOOKED_INTO / 65_536 + 10);
    const long = await beginBody(request);
    await expect(long && wholeBody(long)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(state.cancelled).toBe(true);
  });
});
