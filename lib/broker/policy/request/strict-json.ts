import { Refused } from '@/lib/broker/policy/request/refused';

const MAX_DEPTH = 20;
/** Of 200 records with 500 fields each; looking at a million would keep everybody else waiting. */
const MAX_KEYS = 100_000;

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

/** By hand: a regular expression runs out of stack in a text of some megabytes, as files are. `text` is known to be JSON. */
function checkKeys(text: string): void {
  const open: Set<string>[] = [];
  let keys = 0;
  let key: readonly [from: number, to: number] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfText(text, at);
      key = [at, end + 1];
      at = end;
    } else if (sign === '{' || sign === '[') {
      open.push(new Set());
      if (open.length > MAX_DEPTH)
        throw new Refused('not_understood', 'The body is nested deeper than any record.');
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ':') {
      keys += 1;
      if (keys > MAX_KEYS)
        throw new Refused('not_understood', `The body has more than ${MAX_KEYS.toLocaleString('en')} keys.`);
      addKey(open.at(-1), String(JSON.parse(text.slice(...key))).toLowerCase());
    }
  }
}

function addKey(known: Set<string> | undefined, key: string): void {
  if (known?.has(key))
    throw new Refused('not_understood', `The body has the key “${key.slice(0, 80)}” twice.`);
  known?.add(key);
}

/** The place of the quotation mark that ends the text which begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused('not_understood', 'The body is no UTF-8.');
  }
}
