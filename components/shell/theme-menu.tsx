'use client';

import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { chooseTheme, readThemeChoice, subscribeToTheme, type ThemeChoice } from './theme';

const CHOICES = [
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
  { id: 'system', label: 'System', Icon: Monitor },
] as const;

/** Light, dark, or as the system has it. The choice stays in this browser. */
export function ThemeMenu() {
  const choice = useSyncExternalStore(subscribeToTheme, readThemeChoice, () => 'system' as const);
  const current = CHOICES.find(({ id }) => id === choice) ?? CHOICES[2];
  return (
    <Dropdown>
      <Button isIconOnly variant="ghost" size="sm" aria-label={`Theme: ${current.label}`}>
        <current.Icon aria-hidden="true" />
      </Button>
      <Dropdown.Popover placement="bottom end" className="min-w-40">
        <Dropdown.Menu
          aria-label="Theme"
          selectionMode="single"
          selectedKeys={[choice]}
          onAction={(key) => chooseTheme(key as ThemeChoice)}
        >
          {CHOICES.map(({ id, label, Icon }) => (
            <Dropdown.Item key={id} id={id} textValue={label}>
              <Dropdown.ItemIndicator />
              <Icon aria-hidden="true" className="size-4 text-muted" />
              <Label>{label}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
