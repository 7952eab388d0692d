import { AppError } from '@/lib/errors';

/** What is held in memory, and so can be sent again after a 401. */
const HELD_BYTES = 1024 * 1024;
/** What a policy has to look into may be longer. */
export const MOST_LOOKED_INTO = 16 * 1024 * 1024;

/** The body of a program's request: what was read of it, and what was not. */
export interface RequestBody {
  /** All of it, when `rest` is null. */
  head: Buffer;
  rest: ReadableStreamDefaultReader<Uint8Array> | null;
}

/** Reads a body as far as it is held in memory. Null: there is none. */
export async function beginBody(request: Request): Promise<RequestBody | null> {
  if (request.body === null) return null;
  const body = await readOn({ head: Buffer.alloc(0), rest: request.body.getReader() }, HELD_BYTES);
  return body.rest === null && body.head.length === 0 ? null : body;
}

/** All of a body whose beginning was read. Throws PAYLOAD_TOO_LARGE. */
export async function wholeBody(body: RequestBody): Promise<Buffer> {
  const { head, rest } = await readOn(body, MOST_LOOKED_INTO);
  if (rest === null) return head;
  await rest.cancel();
  const most = MOST_LOOKED_INTO / 1024 / 1024;
  throw new AppError('PAYLOAD_TOO_LARGE', `A body that the policy looks into has at most ${most} MB.`, {
    nextStep: 'Send fewer records in one call, or use the Bulk API with a key whose policy names it.',
  });
}

/** A body as it goes on: held, or as a stream that is read as fast as it is taken. */
export function bodyToSend({ head, rest }: RequestBody): Buffer | ReadableStream<Uint8Array> {
  if (rest === null) return head;
  let first = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (first) {
          first = false;
          return controller.enqueue(head);
        }
        const { done, value } = await rest.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => rest.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function readOn({ head, rest }: RequestBody, limit: number): Promise<RequestBody> {
  const chunks: Uint8Array[] = [head];
  let size = head.length;
  while (rest !== null && size <= limit) {
    const { done, value } = await rest.read();
    if (done) return { head: Buffer.concat(chunks), rest: null };
    chunks.push(value);
    size += value.length;
  }
  return { head: Buffer.concat(chunks), rest };
}
