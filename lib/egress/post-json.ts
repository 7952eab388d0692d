import { checkProviderUrl } from './provider-url';
import { singleUseDispatcher, transportError } from './transport';

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

export interface PostAnswer {
  status: number;
  /** At most so much of the answer as `MOST_BYTES` says. */
  text: string;
}

const MOST_BYTES = 2_000;

/**
 * Posts JSON to an address that an administrator entered: https and public addresses only, one fresh connection, no
 * redirect, no retry; of the answer only the beginning is read. Throws HOST_NOT_ALLOWED, HOST_UNRESOLVABLE,
 * HOST_UNREACHABLE, TIMEOUT.
 */
export async function postJson(request: PostRequest): Promise<PostAnswer> {
  const url = checkProviderUrl(request.url);
  const dispatcher = singleUseDispatcher(url, request.timeoutMs);
  try {
    const response = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: request.body,
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    return { status: response.statusCode, text: await readBeginning(response.body) };
  } catch (error) {
    throw transportError(url, error);
  } finally {
    await dispatcher.destroy();
  }
}

async function readBeginning(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}
