import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { AppError } from '@/lib/errors';
import { poolFor } from './pools';
import { transportError } from './transport';

export interface StreamedRequest {
  /** From `checkOrigin`. */
  origin: URL;
  /** Starts with `/`; sent as it is. */
  path: string;
  method: string;
  headers: Record<string, string>;
  /** A stream is read as fast as the host takes it. */
  body: Buffer | ReadableStream<Uint8Array> | null;
  /** How long the host may be silent, before its headers and between two pieces of its body. */
  silenceMs: number;
  /** Ends the exchange, whatever it is at. */
  signal?: AbortSignal;
}

export interface StreamedResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  /** As it came: not decoded, read as fast as it is taken from here. To be read to its end, or cancelled. */
  body: ReadableStream<Uint8Array>;
}

/**
 * One request over the keep-alive pool of an origin, streamed both ways: redirects not followed, nothing decoded, never
 * retried. Throws `HOST_NOT_ALLOWED`, `HOST_UNRESOLVABLE`, `HOST_UNREACHABLE`, `TIMEOUT` or `SALESFORCE_ANSWER_INVALID`
 * before the headers; what breaks later is an error of the body. Any HTTP status is an answer.
 */
export async function streamRequest(request: StreamedRequest): Promise<StreamedResponse> {
  const { origin, path, silenceMs } = request;
  if (!path.startsWith('/') || new URL(path, origin).origin !== origin.origin) {
    throw new AppError('HOST_NOT_ALLOWED', 'A request named a path on another host.', {
      details: { host: origin.host, reason: 'the path is not on this host' },
    });
  }
  try {
    const response = await poolFor(origin, 'programs').request({
      origin: origin.origin,
      path,
      method: request.method as 'GET',
      headers: request.headers,
      body:
        request.body instanceof ReadableStream ? Readable.fromWeb(request.body as WebStream) : request.body,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      ...(request.signal && { signal: request.signal }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      body: streamOf(origin, response.body),
    };
  } catch (error) {
    throw transportError(origin, error);
  }
}

/** Pieces as they come, one ahead at most: Node's own conversion would read on for a while after a cancellation. */
function streamOf(origin: URL, body: Readable): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(transportError(origin, error));
        }
      },
      cancel() {
        // Ends the connection too: what is left of the answer is not wanted.
        body.on('error', () => undefined).destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
