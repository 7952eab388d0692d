const CHECKSUM_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Whether a text has the shape of a Salesforce id; an 18-character one must carry the right checksum. */
export function isSalesforceId(text: string): boolean {
  if (/^[A-Za-z0-9]{15}$/.test(text)) return true;
  return /^[A-Za-z0-9]{18}$/.test(text) && checksum(text.slice(0, 15)) === text.slice(15).toUpperCase();
}

/**
 * The case-safe 18-character form of an id. 15 characters get their checksum, 18 stay; other texts stay as they are.
 * Compare ids only after this. Source: Salesforce help, "18-character id".
 */
export function toId18(id: string): string {
  return /^[A-Za-z0-9]{15}$/.test(id) ? id + checksum(id) : id;
}

/** One letter for each block of five characters: bit j is set when character j is A–Z. */
function checksum(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      const block = id15.slice(start, start + 5);
      const bits = [...block].reduce((sum, char, j) => (char >= 'A' && char <= 'Z' ? sum + 2 ** j : sum), 0);
      return CHECKSUM_LETTERS[bits] ?? '';
    })
    .join('');
}
