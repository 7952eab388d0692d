/** Characters that XML 1.0 §2.2 does not allow, lone surrogates among them. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export type Elements = ReadonlyArray<readonly [name: string, value: string | boolean | number | Elements]>;

/** A metadata document: its root element and what is in it, in the order given. Values are escaped. */
export function metadataXml(root: string, elements: Elements): string {
  const body = render(elements, '    ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}</${root}>\n`;
}

function render(elements: Elements, indent: string): string {
  return elements
    .map(([name, value]) =>
      typeof value === 'object'
        ? `${indent}<${name}>\n${render(value, `${indent}    `)}${indent}</${name}>\n`
        : `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`,
    )
    .join('');
}
