/** An element with its children or its text, and the line on which it starts (from 1). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
}

/** XML that is not well-formed, and where. */
export class BadXml extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/** The root of a document. As strict as the metadata needs: no DOCTYPE, no CDATA. A prefix is a part of the name. */
export function parseXml(source: string): XmlElement {
  const reader = new Reader(source.replace(/^\uFEFF/, ''));
  reader.skip(/<\?xml[^?]*\?>/y);
  reader.skipMisc();
  const root = reader.element();
  reader.skipMisc();
  if (!reader.atEnd()) throw reader.bad('Content is not allowed in trailing section.');
  return root;
}

class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  atEnd(): boolean {
    return this.at >= this.source.length;
  }

  bad(message: string): BadXml {
    return new BadXml(message, this.line());
  }

  skip(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  /** White space and comments. */
  skipMisc(): void {
    while (this.skip(/\s+/y) || this.skip(/<!--(?:(?!--)[\s\S])*-->/y));
  }

  element(): XmlElement {
    const line = this.line();
    if (!this.skip(/</y)) throw this.bad('Content is not allowed in prolog.');
    const name = this.skip(NAME)?.[0];
    if (!name) throw this.bad('The markup is not well-formed.');
    const attributes: Record<string, string> = {};
    for (let match = this.skip(ATTRIBUTE); match; match = this.skip(ATTRIBUTE)) {
      attributes[match[1] ?? ''] = this.unescape(match[2] ?? match[3] ?? '');
    }
    if (this.skip(/\s*\/>/y)) return { name, attributes, children: [], text: '', line };
    if (!this.skip(/\s*>/y)) throw this.bad(`Element type "${name}" is not well-formed.`);
    const content = this.content();
    if (this.skip(NAME)?.[0] !== name || !this.skip(/\s*>/y)) {
      throw this.bad(`The element type "${name}" must be terminated by the matching end-tag "</${name}>".`);
    }
    return { name, attributes, ...content, line };
  }

  /** Everything up to the end-tag's name. */
  private content(): { children: XmlElement[]; text: string } {
    const children: XmlElement[] = [];
    let text = '';
    for (;;) {
      text += this.unescape(this.skip(/[^<]+/y)?.[0] ?? '');
      if (this.skip(/<!--(?:(?!--)[\s\S])*-->/y)) continue;
      if (this.skip(/<\//y)) return { children, text };
      if (this.atEnd()) throw this.bad('XML document structures must start and end within the same entity.');
      children.push(this.element());
    }
  }

  private unescape(text: string): string {
    return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+))?;?/gi, (all, hex, decimal, name) => {
      if (!all.endsWith(';')) throw this.bad("The entity name must immediately follow the '&'.");
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal) return String.fromCodePoint(Number(decimal));
      const known = ENTITIES[name as string];
      if (known === undefined) throw this.bad(`The entity "${name}" was referenced, but not declared.`);
      return known;
    });
  }

  private line(): number {
    return this.source.slice(0, this.at).split('\n').length;
  }
}
