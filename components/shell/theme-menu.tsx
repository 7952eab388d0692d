'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { lazy, useSyncExternalStore } from 'react';
import { MenuButton } from '@/components/menus/menu-button';
import { readThemeChoice, subscribeToTheme } from './theme';

const load = () => import('@/components/menus/theme-choices');
const ThemeChoices = lazy(async () => ({ default: (await load()).ThemeChoices }));

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
    <MenuButton
      isIconOnly
      variant="ghost"
      size="sm"
      aria-label={`Theme: ${current.label}`}
      preload={load}
      menu={(opening) => <ThemeChoices {...opening} choices={CHOICES} choice={choice} />}
    >
      <current.Icon aria-hidden="true" />
    </MenuButton>
  );
}
