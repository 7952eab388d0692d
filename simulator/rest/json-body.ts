import { restError } from '@/simulator/http/respond';
import type { SimRequest, SimResponse } from '@/simulator/types';

/** The object in a JSON body, or Salesforce's refusal of what is none. */
export function jsonBodyOf(
  request: SimRequest,
): { value: Readonly<Record<string, unknown>> } | { refused: SimResponse } {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    const message = `Content type not supported: ${request.headers['content-type'] ?? 'none'}`;
    return { refused: restError(415, 'UNSUPPORTED_MEDIA_TYPE', message) };
  }
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown> };
    }
  } catch {
    // Said below, as for JSON that is no object.
  }
  return {
    refused: restError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object.'),
  };
}

/** The first key that is not in the list, in words; null when all are known. */
export function unknownKey(value: object, known: readonly string[], where: string): string | null {
  const other = Object.keys(value).find((key) => !known.includes(key));
  return other === undefined ? null : `"${other}" in ${where}`;
}
