import { Fragment, type ReactNode } from 'react';
import {
  parseRichText,
  type RichTextElement,
  type RichTextNode,
} from '@/lib/format/rich-text/parse-rich-text';

interface RichTextProps {
  html: string;
  /** Of the org: what relative addresses are relative to. */
  baseUrl?: string;
}

/**
 * Rich text of a record as React elements: its markup never reaches the page. Brings its parser (22 kB), so it is loaded
 * on use: `LazyRichText`.
 */
export function RichText({ html, baseUrl }: RichTextProps) {
  return <div className="flex flex-col break-words">{draw(parseRichText(html, baseUrl))}</div>;
}

function draw(nodes: readonly RichTextNode[]): ReactNode {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no other names, and never changes its order.
    <Fragment key={index}>{typeof node === 'string' ? node : drawElement(node)}</Fragment>
  ));
}

/** Lines are `div`s: the markup of others nests paragraphs in paragraphs, which browsers would pull apart. */
function drawElement({ tag: Tag, href, children }: RichTextElement): ReactNode {
  switch (Tag) {
    case 'br':
      return <br />;
    case 'p':
      return <div className="min-h-[1lh]">{draw(children)}</div>;
    case 'a':
      return (
        <a href={href} target="_blank" rel="noopener noreferrer" className="text-link hover:underline">
          {draw(children)}
        </a>
      );
    case 'ul':
      return <ul className="list-disc ps-5">{draw(children)}</ul>;
    case 'ol':
      return <ol className="list-decimal ps-5">{draw(children)}</ol>;
    case 'blockquote':
      return <blockquote className="border-s-2 border-separator ps-3">{draw(children)}</blockquote>;
    case 'pre':
      return <pre className="overflow-x-auto font-mono text-xs whitespace-pre-wrap">{draw(children)}</pre>;
    case 'table':
      return (
        <div className="overflow-x-auto">
          <table className="border-collapse">
            <tbody>{draw(children)}</tbody>
          </table>
        </div>
      );
    case 'td':
      return <td className="border border-separator px-2 py-1 align-top">{draw(children)}</td>;
    default:
      return <Tag>{draw(children)}</Tag>;
  }
}
