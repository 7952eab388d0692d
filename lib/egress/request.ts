import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@/lib/errors';
import { poolFor } from './pools';
import { transportError } from './transport';

const inflate = promisify(gunzip);
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface DataRequest {
  /** From `checkOrigin`. */
  origin: URL;
  /** Starts with `/`; may hold a query. */
  path: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** For the whole exchange, from waiting for a connection to the last byte. */
  timeoutMs?: number;
  /** How long the answer may be, before and after decoding. */
  maxBytes?: number;
}

export interface DataResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
}

/**
 * One request over the keep-alive pool of an origin, gzip decoded, redirects not followed, never retried here.
 * Throws `HOST_NOT_ALLOWED`, `HOST_UNRESOLVABLE`, `HOST_UNREACHABLE` or `TIMEOUT`; any HTTP status is an answer.
 */
export async function dataRequest(request: DataRequest): Promise<DataResponse> {
  const { origin } = request;
  if (new URL(request.path, origin).origin !== origin.origin || !request.path.startsWith('/')) {
    throw new AppError('HOST_NOT_ALLOWED', 'A request named a path on another host.', {
      details: { host: origin.host, reason: 'the path is not on this host' },
    });
  }
  try {
    const response = await poolFor(origin).request({
      origin: origin.origin,
      path: request.path,
      method: request.method ?? 'GET',
      headers: { ...request.headers, 'accept-encoding': 'gzip' },
      body: request.body ?? null,
      signal: AbortSignal.timeout(request.timeoutMs ?? 120_000),
    });
    const headers = flatten(response.headers);
    const maxBytes = request.maxBytes ?? MAX_BODY_BYTES;
    const body = await collect(response.body, maxBytes);
    const plain = headers['content-encoding'] === 'gzip' && body.length > 0;
    return {
      status: response.statusCode,
      headers,
      text: (plain ? await inflate(body, { maxOutputLength: maxBytes }) : body).toString('utf8'),
    };
  } catch (error) {
    throw transportError(origin, error);
  }
}

async function collect(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new AppError(
        'SALESFORCE_ANSWER_INVALID',
        `Salesforce’s answer is larger than ${maxBytes / 1024 / 1024} MB.`,
        {
          nextStep: 'Ask for fewer columns or fewer rows.',
        },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
