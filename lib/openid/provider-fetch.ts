import { checkProviderUrl } from '@/lib/egress/provider-url';
import { dataRequest } from '@/lib/egress/request';
import { unreachable } from './errors';

const TIMEOUT_MS = 10_000;
/** Discovery documents and key sets are some kilobytes. */
const MAX_BYTES = 1024 * 1024;

/** The part of oauth4webapi's request that is sent. */
interface ProviderRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: URLSearchParams | undefined | null;
}

/**
 * `fetch` for oauth4webapi: https or allowed origins only, public addresses, no redirect, 10 seconds, 1 MB.
 * Throws `HOST_NOT_ALLOWED`, `PROVIDER_UNREACHABLE`.
 */
export async function providerFetch(
  url: string,
  { method, headers, body }: ProviderRequest,
): Promise<Response> {
  const target = checkProviderUrl(url);
  try {
    const answer = await dataRequest({
      origin: new URL(target.origin),
      path: `${target.pathname}${target.search}`,
      method,
      headers,
      ...(body ? { body: body.toString() } : {}),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(empty ? null : answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.headers['content-type'] ?? 'application/octet-stream' },
    });
  } catch (error) {
    throw unreachable(target, error);
  }
}
