'use client';

import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { AnchoredMenu } from '@/components/menus/anchored-menu';
import type { MenuOpening } from '@/components/menus/menu-button';
import { useGridActions } from '../state/grid-actions';

interface DisplayChoicesProps extends MenuOpening {
  onShortcuts: () => void;
}

/** How rows are drawn: height, wrapped text, row numbers; and the list of keys. */
export function DisplayChoices({ onShortcuts, focus, ...opening }: DisplayChoicesProps) {
  const { layout, setLayout } = useGridActions();
  const chosen = new Set([
    ...(layout.density === 'compact' ? ['compact'] : []),
    ...(layout.wrap ? ['wrap'] : []),
    ...(layout.rowNumbers ? ['rowNumbers'] : []),
  ]);
  return (
    <AnchoredMenu {...opening} placement="bottom end">
      <Dropdown.Menu
        autoFocus={focus}
        aria-label="Display"
        onAction={(key) => {
          if (key === 'shortcuts') onShortcuts();
          if (key === 'widths') setLayout({ widths: {} });
        }}
      >
        <Dropdown.Section
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            const has = (key: string) => keys === 'all' || keys.has(key);
            setLayout({
              density: has('compact') ? 'compact' : 'comfortable',
              wrap: has('wrap'),
              rowNumbers: has('rowNumbers'),
            });
          }}
        >
          <Dropdown.Item id="compact" textValue="Compact rows">
            <Dropdown.ItemIndicator />
            <Label>Compact rows</Label>
          </Dropdown.Item>
          <Dropdown.Item id="wrap" textValue="Wrap text">
            <Dropdown.ItemIndicator />
            <Label>Wrap text</Label>
          </Dropdown.Item>
          <Dropdown.Item id="rowNumbers" textValue="Row numbers">
            <Dropdown.ItemIndicator />
            <Label>Row numbers</Label>
          </Dropdown.Item>
        </Dropdown.Section>
        <Dropdown.Item id="widths" textValue="Reset column widths">
          <Label>Reset column widths</Label>
        </Dropdown.Item>
        <Dropdown.Item id="shortcuts" textValue="Keyboard shortcuts">
          <Label>Keyboard shortcuts</Label>
        </Dropdown.Item>
      </Dropdown.Menu>
    </AnchoredMenu>
  );
}
