'use client';

import { ControlDialog } from '@/components/grid-controls/fields/control-dialog';
import { LazyRichText } from '@/components/record/lazy-rich-text';

export interface OpenCell {
  title: string;
  text: string;
  /** Of rich text: its markup, and the origin that its addresses are relative to. */
  html: { markup: string; baseUrl: string } | null;
}

/** The whole text of a cell that shows a part of it. */
export function CellDialog({ cell, onClose }: { cell: OpenCell; onClose: () => void }) {
  return (
    <ControlDialog title={cell.title} onClose={onClose}>
      {cell.html ? (
        <LazyRichText html={cell.html.markup} baseUrl={cell.html.baseUrl} />
      ) : (
        <p className="break-words whitespace-pre-wrap">{cell.text}</p>
      )}
    </ControlDialog>
  );
}
