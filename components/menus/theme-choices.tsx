'use client';

import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import type { LucideIcon } from 'lucide-react';
import { chooseTheme, type ThemeChoice } from '@/components/shell/theme';
import { AnchoredMenu } from './anchored-menu';
import type { MenuOpening } from './menu-button';

interface ThemeChoicesProps extends MenuOpening {
  choices: ReadonlyArray<{ id: ThemeChoice; label: string; Icon: LucideIcon }>;
  choice: ThemeChoice;
}

/** The themes to choose from. */
export function ThemeChoices({ choices, choice, focus, ...opening }: ThemeChoicesProps) {
  return (
    <AnchoredMenu {...opening} placement="bottom end" className="min-w-40">
      <Dropdown.Menu
        autoFocus={focus}
        aria-label="Theme"
        selectionMode="single"
        selectedKeys={[choice]}
        onAction={(key) => chooseTheme(key as ThemeChoice)}
      >
        {choices.map(({ id, label, Icon }) => (
          <Dropdown.Item key={id} id={id} textValue={label}>
            <Dropdown.ItemIndicator />
            <Icon aria-hidden="true" className="size-4 text-muted" />
            <Label>{label}</Label>
          </Dropdown.Item>
        ))}
      </Dropdown.Menu>
    </AnchoredMenu>
  );
}
