/** What became of the body of an answer. */
export interface BodyEnd {
  bytes: number;
  /** Why it ended before its time; null: it did not, or nobody wanted the rest. */
  error: unknown;
}

/**
 * The same body, piece by piece as it is asked for, and one call of `ended` when all of it has left, when it broke or when
 * nobody reads on. Nothing is kept.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  ended: (end: BodyEnd) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            ended({ bytes, error: null });
            controller.close();
          } else {
            bytes += value.byteLength;
            controller.enqueue(value);
          }
        } catch (error) {
          ended({ bytes, error });
          controller.error(error);
        }
      },
      async cancel(reason) {
        ended({ bytes, error: null });
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
