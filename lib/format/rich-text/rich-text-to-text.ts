import { parseRichText, type RichTextNode } from './parse-rich-text';

const LINES = new Set(['p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'table', 'tr']);

/** Rich text as plain text for cells and copying: a line for each paragraph, item and table row, cells apart by a tab. */
export function richTextToText(html: string): string {
  return write(parseRichText(html), false)
    .replace(/ +\n/g, '\n')
    .replace(/\n (?! )/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function write(nodes: readonly RichTextNode[], verbatim: boolean): string {
  return nodes.reduce<string>((text, node) => {
    if (typeof node === 'string') return text + (verbatim ? node : node.replace(/\s+/g, ' '));
    if (node.tag === 'br') return `${text}\n`;
    const inner = write(node.children, verbatim || node.tag === 'pre');
    if (node.tag === 'td') return text === '' ? inner.trim() : `${text}\t${inner.trim()}`;
    if (!LINES.has(node.tag)) return text + inner;
    const own = node.tag === 'li' ? `• ${inner.trim()}` : inner;
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${own}${own.endsWith('\n') ? '' : '\n'}`;
  }, '');
}
