import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SimRequest, SimResponse } from '@/simulator/types';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** A response as it goes over the wire. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly payload: Buffer;
}

/** Serialises an answer: compact or pretty JSON, gzip when asked for, and the headers of Salesforce's edge. */
export function toWire(request: SimRequest, response: SimResponse): WireResponse {
  const { text, contentType } = textOf(request, response);
  const headers: Record<string, string | string[]> = { ...edgeHeaders() };
  if (contentType) headers['Content-Type'] = contentType;
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  let payload = Buffer.from(text, 'utf8');
  if (payload.length > 0 && /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '')) {
    payload = gzipSync(payload);
    headers['Content-Encoding'] = 'gzip';
    const etag = headers.ETag;
    if (typeof etag === 'string') headers.ETag = etag.replace(/"$/, '--gzip"');
  }
  if (response.status !== 204 && response.status !== 304) headers['Content-Length'] = String(payload.length);
  return { status: response.status, headers, payload };
}

/** Writes a wire response to its end. */
export function send(outgoing: ServerResponse, wire: WireResponse): void {
  outgoing.writeHead(wire.status, wire.headers);
  outgoing.end(wire.payload);
}

function textOf(request: SimRequest, { body }: SimResponse): { text: string; contentType: string | null } {
  if (body.kind === 'empty') return { text: '', contentType: null };
  if (body.kind === 'text') return { text: body.value, contentType: body.contentType };
  const pretty = request.headers['x-prettyprint'] === '1';
  return { text: pretty ? prettyJson(body.value) : JSON.stringify(body.value), contentType: JSON_TYPE };
}

/** Salesforce's pretty form separates names and values with ` : `. */
function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^(\s*"(?:[^"\\]|\\.)*"): /gm, '$1 : ');
}

/** Headers that captures of real answers carry. */
function edgeHeaders(): Record<string, string> {
  const requestId = randomBytes(16).toString('hex');
  return {
    'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
    Vary: 'Accept-Encoding',
    'X-Robots-Tag': 'none',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    Server: 'sfdcedge',
    'X-Sfdc-Request-Id': requestId,
    'X-Request-Id': requestId,
    'X-Sfdc-Edge-Cache': 'none',
  };
}
