'use client';

import { ControlDialog } from '@/components/grid-controls/fields/control-dialog';

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
    <ControlDialog
      title="Keys of the grid"
      description="On a Mac, ⌘ stands for Ctrl and ⌥ for Alt."
      onClose={onClose}
    >
      <dl className="divide-y divide-separator text-[0.8125rem]">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={keys} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-1.5">
            <dt className="font-medium">{keys}</dt>
            <dd className="text-muted">{what}</dd>
          </div>
        ))}
      </dl>
    </ControlDialog>
  );
}
