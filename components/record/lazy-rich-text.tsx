'use client';

import { lazy, Suspense } from 'react';

const Whole = lazy(() => import('./rich-text').then(({ RichText }) => ({ default: RichText })));
const Line = lazy(() => import('./rich-text-line').then(({ RichTextLine }) => ({ default: RichTextLine })));

/** Rich text made safe; its parser is loaded when the first one is drawn. `line`: as plain text, for a cell. */
export function LazyRichText({ html, baseUrl, line }: { html: string; baseUrl?: string; line?: boolean }) {
  return (
    <Suspense fallback={<span className="text-muted">…</span>}>
      {line ? <Line html={html} /> : <Whole html={html} {...(baseUrl !== undefined && { baseUrl })} />}
    </Suspense>
  );
}
