'use client';

import { Button } from '@heroui/react/button';
import { Modal } from '@heroui/react/modal';
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
    <Modal isOpen onOpenChange={(open) => (open ? undefined : onClose())}>
      <Button aria-hidden="true" excludeFromTabOrder className="sr-only">
        Open
      </Button>
      <Modal.Backdrop>
        <Modal.Container scroll="inside">
          <Modal.Dialog className="sm:max-w-xl">
            <Modal.Header>
              <Modal.Heading>{cell.title}</Modal.Heading>
            </Modal.Header>
            <Modal.Body>
              {cell.html ? (
                <LazyRichText html={cell.html.markup} baseUrl={cell.html.baseUrl} />
              ) : (
                <p className="break-words whitespace-pre-wrap">{cell.text}</p>
              )}
            </Modal.Body>
            <Modal.Footer>
              <Button variant="secondary" onPress={onClose}>
                Close
              </Button>
            </Modal.Footer>
          </Modal.Dialog>
        </Modal.Container>
      </Modal.Backdrop>
    </Modal>
  );
}
