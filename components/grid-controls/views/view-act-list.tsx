'use client';

import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { Copy, Link2, type LucideIcon, Pencil, Save, Star, Trash2, Users } from 'lucide-react';
import { AnchoredMenu } from '@/components/menus/anchored-menu';
import type { MenuOpening } from '@/components/menus/menu-button';
import type { ViewAct, ViewFacts } from './types';

interface ViewActListProps extends MenuOpening {
  facts: ViewFacts;
  onAct: (act: ViewAct) => void;
}

/** The acts that the view in use allows. */
export function ViewActList({ facts, onAct, focus, ...opening }: ViewActListProps) {
  return (
    <AnchoredMenu {...opening} placement="bottom start" className="min-w-56">
      <Dropdown.Menu
        autoFocus={focus}
        aria-label="Actions of this view"
        onAction={(key) => onAct(key as ViewAct)}
      >
        {actsOf(facts).map(({ id, label, Icon, danger }) => (
          <Dropdown.Item key={id} id={id} textValue={label} variant={danger ? 'danger' : 'default'}>
            <Icon aria-hidden="true" className={`size-4 ${danger ? '' : 'text-muted'}`} />
            <Label>{label}</Label>
          </Dropdown.Item>
        ))}
      </Dropdown.Menu>
    </AnchoredMenu>
  );
}

interface Act {
  id: ViewAct;
  label: string;
  Icon: LucideIcon;
  danger?: boolean;
}

function actsOf({ view, isDefault, isEdited, isAdmin }: ViewFacts): Act[] {
  const isMine = view?.origin === 'mine';
  const acts: Array<Act | false> = [
    isMine && isEdited && { id: 'save', label: 'Save changes', Icon: Save },
    { id: 'save_as', label: 'Save as new view…', Icon: Copy },
    isMine && { id: 'rename', label: 'Rename…', Icon: Pencil },
    isMine && { id: 'share', label: view.isShared ? 'Stop sharing' : 'Share with everybody', Icon: Users },
    !isDefault && { id: 'default', label: 'Make it my default', Icon: Star },
    { id: 'copy', label: 'Copy link', Icon: Link2 },
    (isMine || (isAdmin && view?.origin === 'shared')) && {
      id: 'delete',
      label: 'Delete…',
      Icon: Trash2,
      danger: true,
    },
  ];
  return acts.filter((act) => act !== false);
}
