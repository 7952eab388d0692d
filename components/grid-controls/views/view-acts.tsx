'use client';

import { Ellipsis } from 'lucide-react';
import { lazy } from 'react';
import { MenuButton } from '@/components/menus/menu-button';
import type { ViewAct, ViewFacts } from './types';

const load = () => import('./view-act-list');
const ViewActList = lazy(async () => ({ default: (await load()).ViewActList }));

interface ViewActsProps extends ViewFacts {
  pending: boolean;
  onAct: (act: ViewAct) => void;
}

/** What can be done with the view in use. */
export function ViewActs({ onAct, pending, ...facts }: ViewActsProps) {
  return (
    <MenuButton
      isIconOnly
      variant="ghost"
      size="sm"
      aria-label="Actions of this view"
      isDisabled={pending}
      preload={load}
      menu={(opening) => <ViewActList {...opening} facts={facts} onAct={onAct} />}
    >
      <Ellipsis aria-hidden="true" />
    </MenuButton>
  );
}
