import type { IncomingMessage } from 'node:http';
import type { SimRequest } from '@/simulator/types';

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Reads a request to its end. Throws when the body is too large or the URL is not one. */
export async function readRequest(incoming: IncomingMessage): Promise<SimRequest> {
  const url = incoming.url ?? '/';
  const cut = url.indexOf('?');
  const rawPath = cut < 0 ? url : url.slice(0, cut);
  const bytes = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: decodePath(foldSlashes(rawPath)),
    params: {},
    query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
    headers: readHeaders(incoming),
    body: bytes.toString('utf8'),
    bytes,
  };
}

/** A path that does not decode stays as it is: nothing matches it, so it is answered as unknown. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Bytes of the URI and of the headers as they came over the wire. */
export function sizesOf(incoming: IncomingMessage): { uriBytes: number; headerBytes: number } {
  const headers = incoming.rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0);
  return { uriBytes: Buffer.byteLength(incoming.url ?? ''), headerBytes: headers };
}

/** sf stores instance URLs with a trailing slash, so that its paths start with two: Salesforce folds them. */
function foldSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

function readHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  // The edge adds `--gzip` to an ETag when it compresses and takes it off again on the way in.
  for (const name of ['if-none-match', 'if-match']) {
    if (headers[name]) headers[name] = headers[name]?.replaceAll('--gzip"', '"');
  }
  return headers;
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('The request body is too large for the simulator.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The form parameters of an urlencoded body; empty for any other content type. */
export function formOf(request: SimRequest): URLSearchParams {
  const type = request.headers['content-type'] ?? '';
  const isForm = type.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
  return new URLSearchParams(isForm ? request.body : '');
}

/** The value of a cookie of this request. */
export function cookieOf(request: SimRequest, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const cut = pair.indexOf('=');
    if (cut > 0 && pair.slice(0, cut).trim() === name) return decodeURIComponent(pair.slice(cut + 1).trim());
  }
  return null;
}

/** The token of an `Authorization: Bearer …` (or Salesforce's older `OAuth …`) header. */
export function bearerOf(request: SimRequest): string | null {
  const match = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}
