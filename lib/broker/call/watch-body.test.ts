import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchBody } from '@/lib/broker/call/watch-body';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A body that never ends, and what is known of its end. */
function endless() {
  const cancelled = vi.fn();
  const ended = vi.fn();
  const source = new ReadableStream<Uint8Array>(
    { pull: (controller) => controller.enqueue(new Uint8Array(10)), cancel: cancelled },
    { highWaterMark: 0 },
  );
  return { reader: watchBody(source, ended).getReader(), cancelled, ended };
}

describe('watchBody', () => {
  it('lets go of a body that nobody reads on for two minutes', async () => {
    const { reader, cancelled, ended } = endless();
    await reader.read();
    await vi.advanceTimersByTimeAsync(2 * MINUTE + 1);
    expect(cancelled).toHaveBeenCalledOnce();
    expect(ended).toHaveBeenCalledExactlyOnceWith({
      bytes: 10,
      error: expect.objectContaining({ code: 'TIMEOUT' }),
    });
    await expect(reader.read()).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(ended).toHaveBeenCalledOnce();
  });

  it('goes on for hours with somebody who reads slowly', async () => {
    const { reader, cancelled, ended } = endless();
    for (let minutes = 0; minutes < 120; minutes += 1) {
      expect((await reader.read()).done).toBe(false);
      await vi.advanceTimersByTimeAsync(MINUTE);
    }
    expect(cancelled).not.toHaveBeenCalled();
    await reader.cancel();
    expect(ended).toHaveBeenCalledExactlyOnceWith({ bytes: 1_200, error: null });
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('waits for a source that is slow as long as that takes', async () => {
    const ended = vi.fn();
    let give: () => void = () => undefined;
    const source = new ReadableStream<Uint8Array>(
      {
        pull: (controller) =>
          new Promise((resolve) => {
            give = () => {
              controller.close();
              resolve();
            };
          }),
      },
      { highWaterMark: 0 },
    );
    const read = watchBody(source, ended).getReader().read();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ended).not.toHaveBeenCalled();
    give();
    expect((await read).done).toBe(true);
    expect(ended).toHaveBeenCalledExactlyOnceWith({ bytes: 0, error: null });
  });
});
