import type { Dispatcher } from 'undici';
import type { AppError } from '@/lib/errors';
import { holdStop } from '@/lib/registry';
import { checkOrigin } from './hosts';
import { CONNECT_TIMEOUT_MS, singleUseDispatcher, transportError } from './transport';
import type { SpendResult, UnsentCode } from './types';

/** How long a sent request may stay silent, before its headers and between two pieces of its body. */
const SILENCE_MS = 120_000;
const MAX_BODY_BYTES = 1_000_000;

export interface SpendRequest {
  url: string;
  form: URLSearchParams;
  headers?: Record<string, string>;
}

export interface SpendOptions {
  /** Asked in the tick of the first write, after the connection stands. False: nothing is written. */
  mayStillSend?: () => boolean;
  connectMs?: number;
  silenceMs?: number;
}

/**
 * Posts a form once, on a fresh connection, without retry or redirect: for requests that spend something single-use.
 * Before the first write it can be stopped; afterwards it is never aborted by us, only the peer's silence ends it.
 * A stop of the process waits for it. Rejects with `HOST_NOT_ALLOWED` only; every other failure is a result.
 */
export async function spendOnce(request: SpendRequest, options: SpendOptions = {}): Promise<SpendResult> {
  const url = checkOrigin(request.url);
  return holdStop(send(url, request, options));
}

function send(url: URL, request: SpendRequest, options: SpendOptions): Promise<SpendResult> {
  const dispatcher = singleUseDispatcher(url, options.silenceMs ?? SILENCE_MS);
  return new Promise<SpendResult>((resolve) => {
    const exchange = new Exchange(url, options.mayStillSend ?? (() => true), (result) => {
      clearTimeout(patience);
      resolve(result);
      dispatcher.destroy().catch(() => undefined);
    });
    const patience = setTimeout(() => exchange.giveUpConnecting(), options.connectMs ?? CONNECT_TIMEOUT_MS);
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: {
          accept: 'application/json',
          ...request.headers,
          'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        },
        body: request.form.toString(),
        idempotent: false,
        reset: true,
      },
      exchange,
    );
  });
}

/** Follows one request from connecting to its end, and settles once. */
class Exchange implements Dispatcher.DispatchHandler {
  #phase: 'connecting' | 'sent' | 'settled' = 'connecting';
  #status = 0;
  #contentType: string | null = null;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    readonly url: URL,
    readonly mayStillSend: () => boolean,
    readonly settle: (result: SpendResult) => void,
  ) {}

  giveUpConnecting(): void {
    if (this.#phase !== 'connecting') return;
    this.#finish({
      kind: 'unsent',
      code: 'TIMEOUT',
      reason: `${this.url.host} could not be reached in time`,
    });
  }

  /** undici calls this in the tick in which it writes: what is decided here holds for the write. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#phase === 'connecting' && this.mayStillSend()) {
      this.#phase = 'sent';
      return;
    }
    if (this.#phase === 'connecting') {
      this.#finish({
        kind: 'unsent',
        code: 'DEADLINE_PASSED',
        reason: 'the time in which it might be sent was over',
      });
    } else {
      this.#finish({ kind: 'lost', reason: 'the connection ended before an answer' });
    }
    controller.abort(new Error('not to be sent'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    const contentType = headers['content-type'];
    this.#contentType = typeof contentType === 'string' ? contentType : null;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MAX_BODY_BYTES) {
      this.#finish({ kind: 'lost', reason: 'the answer was far too long' });
      controller.abort(new Error('answer too long'));
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString('utf8');
    this.#finish({ kind: 'answered', status: this.#status, contentType: this.#contentType, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const failure = transportError(this.url, error);
    if (this.#phase === 'connecting') {
      this.#finish({ kind: 'unsent', code: unsentCode(failure), reason: failure.message });
    } else {
      const what =
        failure.code === 'TIMEOUT'
          ? 'no complete answer came in time'
          : 'the connection broke before a complete answer';
      this.#finish({ kind: 'lost', reason: `${what} (${failure.details.reason ?? failure.code})` });
    }
  }

  #finish(result: SpendResult): void {
    if (this.#phase === 'settled') return;
    this.#phase = 'settled';
    this.settle(result);
  }
}

function unsentCode(error: AppError): UnsentCode {
  switch (error.code) {
    case 'HOST_NOT_ALLOWED':
    case 'HOST_UNRESOLVABLE':
    case 'TIMEOUT':
      return error.code;
    default:
      return 'HOST_UNREACHABLE';
  }
}
