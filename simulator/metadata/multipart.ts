import type { SimRequest } from '@/simulator/types';

export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly contentType: string | null;
  readonly content: Buffer;
}

const BREAK = Buffer.from('\r\n\r\n');

/** The parts of a multipart/form-data body (RFC 7578), or null when it is none. */
export function readMultipart({ headers, bytes }: SimRequest): Part[] | null {
  const boundary = /^multipart\/form-data\s*;.*\bboundary="?([^";]+)"?/i.exec(
    headers['content-type'] ?? '',
  )?.[1];
  if (!boundary || !bytes) return null;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line break of its own before it.
  const body = Buffer.concat([Buffer.from('\r\n'), bytes]);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const from = at + delimiter.length;
    if (body.toString('latin1', from, from + 2) === '--') return parts;
    const next = body.indexOf(delimiter, from);
    const part = next < 0 ? null : readPart(body.subarray(from + 2, next));
    if (!part) return null;
    parts.push(part);
    at = next;
  }
  return null;
}

function readPart(part: Buffer): Part | null {
  const cut = part.indexOf(BREAK);
  if (cut < 0) return null;
  const lines = part.toString('utf8', 0, cut).split('\r\n');
  const header = (wanted: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${wanted}:`))
      ?.slice(wanted.length + 1)
      .trim() ?? null;
  const disposition = header('content-disposition') ?? '';
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined || !/^form-data\s*;/i.test(disposition)) return null;
  return {
    name,
    fileName: /;\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? null,
    contentType: header('content-type'),
    content: part.subarray(cut + BREAK.length),
  };
}
