/** A secret that must be nowhere, and what it is. */
export interface Secret {
  kind: string;
  value: string;
}

/** A text that a secret might be in, such as an answer, a log or a row. */
export interface Place {
  name: string;
  text: string;
}

/** Where which kind of secret was found. Never the secret itself. */
export interface Leak {
  kind: string;
  place: string;
}

/** Length of the pieces that are looked for: random enough that none is found by chance. */
const PIECE = 12;
/** The longest pieces of what needs no escaping in a URL, in JSON and in HTML, nor in either form of base64. */
const UNESCAPED = /[A-Za-z0-9._+/-]{12,}/g;
/** What every token of a kind begins with tells nothing, nor does what a key is known by; of a JWT, all but its signature. */
const COMMON = /^(?:00D[A-Za-z0-9]{12}!(?:AQ)?|5Aep861|aPrx|odk_[a-z0-9]{12}_|eyJ.*\.)/;

/**
 * Finds secrets in texts: as they are, URL-encoded, JSON-escaped, in HTML, in base64 and base64url at any offset, and
 * cut at either end. One pass over a text looks for all of them. Values of fewer than 12 characters are what a test typed by
 * hand; they cannot be told from ordinary text and are not looked for.
 */
export class SecretScanner {
  private readonly kinds = new Map<string, string>();
  /** Which beginnings there are: nearly every place of a text is passed over by looking here. */
  private readonly beginnings = new Uint8Array(0x10000);

  constructor(secrets: readonly Secret[]) {
    for (const { kind, value } of secrets) {
      for (const piece of piecesOf(value)) {
        this.kinds.set(piece, kind);
        this.beginnings[beginningAt(piece, 0)] = 1;
      }
    }
  }

  /** One leak for each kind and place. */
  scan(places: Iterable<Place>): Leak[] {
    const leaks: Leak[] = [];
    for (const { name, text } of places) {
      for (const kind of this.kindsIn(text)) leaks.push({ kind, place: this.masked(name) });
    }
    return leaks;
  }

  private masked(name: string): string {
    return name.replace(UNESCAPED, (run) => (this.kindsIn(run).size > 0 ? '…' : run));
  }

  private kindsIn(text: string): Set<string> {
    const found = new Set<string>();
    for (const [run] of text.matchAll(UNESCAPED)) {
      for (let start = 0; start + PIECE <= run.length; start += 1) {
        if (this.beginnings[beginningAt(run, start)] === 0) continue;
        const kind = this.kinds.get(run.slice(start, start + PIECE));
        if (kind !== undefined) found.add(kind);
      }
    }
    return found;
  }
}

/** A number for the three characters at a place; others may share it. */
function beginningAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2)) & 0xffff;
}

/** Start and end of the longest part that no encoding touches, plain and in base64. */
function piecesOf(value: string): string[] {
  const telling = value.replace(COMMON, '');
  const [run = ''] = [...telling.matchAll(/[A-Za-z0-9._-]{12,}/g)]
    .map(([part]) => part)
    .sort((one, other) => other.length - one.length);
  if (run === '') return [];
  return [...ends(run), ...inBase64(run).flatMap(ends)];
}

function ends(text: string): string[] {
  return text.length < PIECE ? [] : [text.slice(0, PIECE), text.slice(-PIECE)];
}

/** The base64 of a text depends on what stands before it: three ways, without the characters that neighbours change. */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from('\0'.repeat(before) + text);
    const whole = Math.floor((bytes.length * 8) / 6);
    const own = bytes.toString('base64').slice(before === 0 ? 0 : before + 1, whole);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
