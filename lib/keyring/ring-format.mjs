// @ts-check
/**
 * The form of a key ring, and which keys are too weak. Plain JavaScript, because server.mjs asks as well before
 * anything is compiled.
 */
import { createHash } from 'node:crypto';

/** @typedef {import('./types').RingContents} RingContents */

export const KEY_BYTES = 32;
export const RING_FORM = '{"active": kid, "keys": {kid: {"value": base64url of 32 bytes}}}';

const KID = /^[A-Za-z0-9_-]{1,32}$/;
const VALUE = /^[A-Za-z0-9_-]+=*$/;

/** SHA-256 of keys that are printed in Orgdock's own source (vitest.config.ts): everybody has them. */
const PUBLISHED = new Set(['da969fc4e9948092a9f43a03cc799585ec9671a0ed413b14df4121b951d7d642']);

/**
 * Reads the JSON of a key ring. `fault` continues "The key ring … ", and never quotes key material.
 * @param {string} json
 * @param {{production: boolean}} options in production, keys that are published are refused, too
 * @returns {{contents: RingContents, fault: null} | {contents: null, fault: string}}
 */
export function readRing(json, { production }) {
  const contents = parse(json);
  if (!contents) return { contents: null, fault: `is not of the form ${RING_FORM}` };
  const fault = orderFault(json, contents) ?? keyFault(contents, production);
  return fault === null ? { contents, fault } : { contents: null, fault };
}

/**
 * The parser's own words may quote key material, so they are dropped.
 * @param {string} json
 * @returns {RingContents | null}
 */
function parse(json) {
  /** @type {unknown} */
  let ring;
  try {
    ring = JSON.parse(json);
  } catch {
    return null;
  }
  if (!hasExactly(ring, ['active', 'keys']) || typeof ring.active !== 'string') return null;
  const { active, keys } = ring;
  if (!isObject(keys)) return null;
  for (const [kid, key] of Object.entries(keys)) {
    if (!KID.test(kid) || !hasExactly(key, ['value'])) return null;
    if (typeof key.value !== 'string' || !VALUE.test(key.value)) return null;
  }
  return { active, keys: /** @type {RingContents['keys']} */ (keys) };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @param {string[]} names @returns {value is Record<string, unknown>} */
function hasExactly(value, names) {
  return isObject(value) && Object.keys(value).sort().join() === names.join();
}

/**
 * A JavaScript object puts names that are whole numbers before all others: a key '2' after a key 'k1' would come
 * first, and everything that is derived from the first key would change.
 * @param {string} json @param {RingContents} contents
 */
function orderFault(json, { keys }) {
  const written = /"keys"\s*:\s*\{\s*"([^"]+)"/.exec(json)?.[1];
  const [first] = Object.keys(keys);
  if (first === undefined || first === written) return null;
  return `names the key '${first}' by a number, which JSON puts before '${written}', the first one: begin names with a letter`;
}

/** @param {RingContents} contents @param {boolean} production */
function keyFault({ active, keys }, production) {
  for (const [kid, { value }] of Object.entries(keys)) {
    const bytes = Buffer.from(value, 'base64url');
    if (bytes.length !== KEY_BYTES) {
      return `holds a key '${kid}' of ${bytes.length} bytes instead of ${KEY_BYTES}`;
    }
    if (isWeak(bytes)) return `holds a key '${kid}' that is not random`;
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (production && PUBLISHED.has(hash)) return `holds a key '${kid}' that is printed in Orgdock's source`;
  }
  return Object.hasOwn(keys, active) ? null : `names '${active}' as active, but does not hold it`;
}

/**
 * Passphrases, repeats and sequences; a random key fails these tests less than once in 10^13.
 * @param {Buffer} bytes
 */
function isWeak(bytes) {
  const isText = bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
  const steps = new Set(bytes.subarray(1).map((byte, index) => (byte - (bytes[index] ?? 0)) & 0xff));
  return isText || new Set(bytes).size < 16 || steps.size < 8;
}
