'use client';

import { SlidersHorizontal } from 'lucide-react';
import { lazy, memo } from 'react';
import { MenuButton } from '@/components/menus/menu-button';

const load = () => import('./display-choices');
const DisplayChoices = lazy(async () => ({ default: (await load()).DisplayChoices }));

/** Opens how rows are drawn. */
export const DisplayMenu = memo(function DisplayMenu({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <MenuButton
      size="sm"
      variant="ghost"
      isIconOnly
      aria-label="Display"
      preload={load}
      menu={(opening) => <DisplayChoices {...opening} onShortcuts={onShortcuts} />}
    >
      <SlidersHorizontal aria-hidden="true" />
    </MenuButton>
  );
});
