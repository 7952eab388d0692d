import { Refused } from '@/lib/broker/policy/request/refused';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;
const MAX_DEPTH = 20;

/**
 * Reads JSON that every reader understands alike. Throws `Refused` (not_understood) for anything else, for bytes that
 * are no UTF-8, and for an object that has a key twice: names are compared without regard to case, as Salesforce does.
 */
export function readJson(body: string | Uint8Array): unknown {
  const text = typeof body === 'string' ? body : decodeUtf8(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('not_understood', 'The body is no JSON.');
  }
  checkKeys(text);
  return value;
}

function checkKeys(text: string): void {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    if (token === '}' || token === ']') open.pop();
    if (open.length > MAX_DEPTH)
      throw new Refused('not_understood', 'The body is nested deeper than any record.');
    if (token === ':') {
      const key = String(JSON.parse(last)).toLowerCase();
      if (open.at(-1)?.has(key))
        throw new Refused('not_understood', `The body has the key ${key.slice(0, 80)} twice.`);
      open.at(-1)?.add(key);
    }
    last = token;
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused('not_understood', 'The body is no UTF-8.');
  }
}
