import { AppError } from '@/lib/errors';

/** What became of the body of an answer. */
export interface BodyEnd {
  bytes: number;
  /** Why it ended before its time; null: it did not, or nobody wanted the rest. */
  error: unknown;
}

/** Whoever reads nothing for so long holds one of the connections to the org that all programs share. */
const STALLED_MS = 120_000;

/**
 * The same body, piece by piece as it is asked for, and one call of `ended` when all of it has left, when it broke, when
 * nobody reads on, or when the reader has stood still for two minutes: the body then breaks with TIMEOUT. Nothing is kept.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  ended: (end: BodyEnd) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let stalled: NodeJS.Timeout | undefined;
  const letGo = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const error = new AppError('TIMEOUT', 'The program did not read on for two minutes.');
    ended({ bytes, error });
    controller.error(error);
    void reader.cancel(error).catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stalled);
        try {
          const { done, value } = await reader.read();
          if (done) {
            ended({ bytes, error: null });
            controller.close();
          } else {
            bytes += value.byteLength;
            stalled = setTimeout(letGo, STALLED_MS, controller).unref();
            controller.enqueue(value);
          }
        } catch (error) {
          ended({ bytes, error });
          controller.error(error);
        }
      },
      async cancel(reason) {
        clearTimeout(stalled);
        ended({ bytes, error: null });
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
