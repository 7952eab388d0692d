'use client';

import { Button } from '@heroui/react/button';
import { Modal } from '@heroui/react/modal';

const SHORTCUTS: ReadonlyArray<readonly [string, string]> = [
  ['Arrows, Page Up, Page Down', 'Move'],
  ['Home, End, Ctrl+←, Ctrl+→', 'First, last column'],
  ['Ctrl+Home, Ctrl+End', 'First, last row of the whole list'],
  ['Shift + a move, Shift+click, drag', 'Select a range'],
  ['Ctrl+A', 'Select the loaded rows around the cursor'],
  ['Ctrl+C', 'Copy as a table for spreadsheets'],
  ['Ctrl+Shift+C', 'Copy with the column names'],
  ['Enter', 'Open the record, or a long text whole; on a header: sort'],
  ['Shift+Enter on a header', 'Add to the sorting'],
  ['Space', 'Open a long text whole; on a header: its menu'],
  ['Ctrl+Enter', 'Open the record in Salesforce'],
  ['Ctrl+G', 'Go to a row or a value'],
  ['Alt+↓, Shift+F10', 'Menu of the column'],
  ['Alt+←, Alt+→', 'Narrower, wider column'],
  ['Esc', 'Clear the selection'],
  ['/', 'Search'],
  ['?', 'This list'],
];

/** The keys that a grid knows. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal isOpen onOpenChange={(open) => (open ? undefined : onClose())}>
      <Button aria-hidden="true" excludeFromTabOrder className="sr-only">
        Open
      </Button>
      <Modal.Backdrop>
        <Modal.Container scroll="inside">
          <Modal.Dialog className="sm:max-w-lg">
            <Modal.Header>
              <Modal.Heading>Keys of the grid</Modal.Heading>
            </Modal.Header>
            <Modal.Body>
              <p className="pb-3 text-muted">On a Mac, ⌘ stands for Ctrl and ⌥ for Alt.</p>
              <dl className="divide-y divide-separator text-[0.8125rem]">
                {SHORTCUTS.map(([keys, what]) => (
                  <div key={keys} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-1.5">
                    <dt className="font-medium">{keys}</dt>
                    <dd className="text-muted">{what}</dd>
                  </div>
                ))}
              </dl>
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
