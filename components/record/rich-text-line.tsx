import { richTextToText } from '@/lib/format/rich-text/rich-text-to-text';

/** Rich text without its markup, for a cell of one line. Loaded on use, as `LazyRichText` is. */
export function RichTextLine({ html }: { html: string }) {
  return richTextToText(html);
}
