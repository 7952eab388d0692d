/** An answer that can be given again. */
export interface KeptAnswer {
  status: number;
  contentType: string | null;
  /** Empty: it had none. */
  body: string;
}

const MOST_BYTES = 64 * 1_024;

/**
 * What of an answer is kept, and the answer as it was. `kept` is null when its status says that nobody knows what
 * happened (5xx); its body is null when that is longer than 64 KB or no text.
 */
export async function keepable(answer: Response): Promise<{
  kept: (Omit<KeptAnswer, 'body'> & { body: string | null }) | null;
  response: Response;
}> {
  if (answer.status >= 500) return { kept: null, response: answer };
  const { status } = answer;
  const contentType = answer.headers.get('content-type');
  if (answer.body === null) return { kept: { status, contentType, body: '' }, response: answer };
  const reader = answer.body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let done = false;
  while (!done && size <= MOST_BYTES) {
    const piece = await reader.read();
    done = piece.done;
    if (!piece.value) continue;
    pieces.push(piece.value);
    size += piece.value.byteLength;
  }
  const body = done && size <= MOST_BYTES ? textOf(Buffer.concat(pieces)) : null;
  const { statusText, headers } = answer;
  const response = new Response(restOf(pieces, done ? null : reader), { status, statusText, headers });
  return { kept: { status, contentType, body }, response };
}

/** Null: no text that PostgreSQL can store. */
function textOf(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** What was read already, and then what was not. */
function restOf(
  pieces: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array> | null,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = pieces.shift();
        if (piece) return controller.enqueue(piece);
        const next = await reader?.read();
        if (next?.value) controller.enqueue(next.value);
        else controller.close();
      },
      async cancel(reason) {
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
