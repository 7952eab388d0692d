const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that make a case-sensitive 15-character id safe to compare without case. */
export function checksumOf(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const character = id15.charAt(block * 5 + index);
      if (character >= 'A' && character <= 'Z') bits |= 1 << index;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of a 15-character id; an 18-character one is returned as it is. */
export function id18(id: string): string {
  return id.length === 15 ? id + checksumOf(id) : id;
}

/** True for 15 characters, or 18 with the right checksum. */
export function isRecordId(id: string): boolean {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) return false;
  return id.length === 15 || checksumOf(id.slice(0, 15)) === id.slice(15);
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The 18-character id number `n` of an object: prefix, the org's three pod characters, a base-62 number. */
export function makeId(prefix: string, pod: string, n: number): string {
  let digits = '';
  for (let rest = n; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
  return id18(prefix + pod + digits.padStart(9, '0'));
}
