import { Parser } from 'htmlparser2';

export type RichTextTag =
  | 'p'
  | 'br'
  | 'strong'
  | 'em'
  | 'u'
  | 's'
  | 'ul'
  | 'ol'
  | 'li'
  | 'a'
  | 'blockquote'
  | 'code'
  | 'pre'
  | 'table'
  | 'tr'
  | 'td';

export interface RichTextElement {
  tag: RichTextTag;
  /** Of `a` alone: an http, https or mailto address. */
  href?: string;
  children: RichTextNode[];
}

/** Text is a string, never markup. */
export type RichTextNode = string | RichTextElement;

const TAGS = new Map<string, RichTextTag>([
  ...named(
    'p',
    'p div h1 h2 h3 h4 h5 h6 section article header footer address center figure dl dt dd caption',
  ),
  ...named('br', 'br hr'),
  ...named('strong', 'b strong'),
  ...named('em', 'i em cite var dfn'),
  ...named('u', 'u ins'),
  ...named('s', 's strike del'),
  ...named('code', 'code tt kbd samp'),
  ...named('ul', 'ul menu'),
  ...named('td', 'td th'),
  ...(['ol', 'li', 'a', 'blockquote', 'pre', 'table', 'tr'] as const).map((tag) => [tag, tag] as const),
]);

/** Whose content is nothing for readers. */
const SILENT = new Set(
  'script style template title noscript iframe noembed noframes object applet'.split(' '),
);

/** Longer than any rich text field of Salesforce (131,072 characters). */
const MAX_LENGTH = 200_000;
/** What is nested deeper keeps its text and loses its tag, so that no reader of the tree runs out of stack. */
const MAX_DEPTH = 40;

/** An element whose end has not come, and the list that it stands in. */
interface Open {
  element: RichTextElement;
  siblings: RichTextNode[];
}

/**
 * Rich text of Salesforce as a tree that is safe to show: tags of `RichTextTag` without attributes but a checked `href`.
 * Of other tags the text stays; of scripts and styles nothing does. Images become links, since loading one would tell its
 * sender who reads. `baseUrl` is what relative addresses are relative to; without it they are no links.
 */
export function parseRichText(html: string, baseUrl?: string): RichTextNode[] {
  const root: RichTextNode[] = [];
  const open: Open[] = [];
  /** For each tag that the parser has open: whether it is in `open`. */
  const kept: boolean[] = [];
  let silence = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (SILENT.has(name)) silence += 1;
      const node = silence > 0 ? null : nodeOf(name, attributes, open, baseUrl);
      if (node !== null) {
        const siblings = place(root, open, node);
        if (typeof node !== 'string') open.push({ element: node, siblings });
      }
      if (node !== null && /^h[1-6]$/.test(name)) makeBold(open);
      kept.push(node !== null && typeof node !== 'string');
    },
    ontext(text) {
      if (silence === 0) place(root, open, text);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silence -= 1;
      if (kept.pop()) open.pop();
    },
  });
  parser.end(html.slice(0, MAX_LENGTH));
  return root;
}

function nodeOf(
  name: string,
  attributes: Record<string, string>,
  open: readonly Open[],
  baseUrl: string | undefined,
): RichTextNode | null {
  if (name === 'img') return imageOf(attributes, open, baseUrl);
  const tag = TAGS.get(name);
  if (tag === undefined || open.length >= MAX_DEPTH) return null;
  const around = open.at(-1)?.element.tag;
  switch (tag) {
    case 'a': {
      const href = isWithin(open, 'a') ? null : safeHref(attributes.href, baseUrl);
      return href === null ? null : { tag, href, children: [] };
    }
    case 'li': {
      // Browsers nest no item in an item: one without a list of its own is a line.
      const list = open.findLast(({ element }) => ['ul', 'ol', 'li'].includes(element.tag));
      return { tag: list === undefined || list.element.tag === 'li' ? 'p' : tag, children: [] };
    }
    case 'tr':
      return around === 'table' ? { tag, children: [] } : null;
    case 'td':
      return { tag: around === 'tr' ? tag : 'p', children: [] };
    default:
      return { tag, children: [] };
  }
}

/** The words of an image and, unless it stands in one, a link to it. */
function imageOf(
  { src, alt }: Record<string, string>,
  open: readonly Open[],
  baseUrl: string | undefined,
): RichTextNode {
  const words = alt?.trim() ? `Image: ${alt.trim()}` : 'Image';
  const href = isWithin(open, 'a') ? null : safeHref(src, baseUrl);
  return href?.startsWith('http') ? { tag: 'a', href, children: [words] } : `[${words}]`;
}

/**
 * Puts a node where it belongs, and answers the list that it stands in. A table holds rows and a row cells: other things
 * go before the table, as in browsers.
 */
function place(root: RichTextNode[], open: readonly Open[], node: RichTextNode): RichTextNode[] {
  const parent = open.at(-1)?.element;
  const wanted = parent?.tag === 'table' ? 'tr' : parent?.tag === 'tr' ? 'td' : null;
  if (wanted === null || (typeof node !== 'string' && node.tag === wanted)) {
    const siblings = parent?.children ?? root;
    const last = siblings.at(-1);
    if (typeof node === 'string' && typeof last === 'string') siblings[siblings.length - 1] = last + node;
    else siblings.push(node);
    return siblings;
  }
  const table = open.findLast(({ element }) => element.tag === 'table');
  const siblings = table?.siblings ?? root;
  if (typeof node === 'string' && node.trim() === '') return siblings;
  siblings.splice(table ? siblings.indexOf(table.element) : siblings.length, 0, node);
  return siblings;
}

/** What follows goes into a `strong` within the line that was just opened. */
function makeBold(open: Open[]): void {
  const line = open.at(-1);
  if (line === undefined) return;
  const strong: RichTextElement = { tag: 'strong', children: [] };
  line.element.children.push(strong);
  open[open.length - 1] = { element: strong, siblings: line.element.children };
}

function isWithin(open: readonly Open[], tag: RichTextTag): boolean {
  return open.some(({ element }) => element.tag === tag);
}

/** An address that may become a link, in the form in which the browser reads it; null: none. */
function safeHref(value: string | undefined, baseUrl: string | undefined): string | null {
  if (!value?.trim()) return null;
  try {
    const url = new URL(value, baseUrl);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function named(tag: RichTextTag, names: string): Array<readonly [string, RichTextTag]> {
  return names.split(' ').map((name) => [name, tag] as const);
}
